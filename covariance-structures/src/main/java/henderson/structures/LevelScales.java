package henderson.structures;

import henderson.api.Coordinate;
import henderson.api.HendersonException;
import henderson.api.Moments;
import henderson.api.Natural;
import henderson.api.Positions;
import henderson.api.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One standard deviation a level: {@code sᵢ = θ_l(i)}, theory (92). */
final class LevelScales implements VarianceFunction {
    /** A starting variance is at least this part of the mean variance, so that none starts on the boundary. */
    private static final double START_FLOOR = 1e-4;

    private final Places places;
    private final List<String> levels;
    /** Of each among all levels. */
    private final int[] index;
    /** Coordinate of each position. */
    private final int[] owner;

    private final List<Coordinate> coordinates;

    LevelScales(Positions pairs, Places places) {
        this.places = places;
        Levels used = Levels.of(pairs, places);
        if (used.names().size() < 2) {
            throw new HendersonException(
                    "The factor of 'variances' has 1 level ('" + String.join("', '", used.names())
                            + "') in the rows used; variances by level need at least 2.",
                    "Maybe leave out 'variances': the structure has a variance of its own.");
        }
        this.levels = used.names();
        this.index = used.index();
        this.owner = used.owner();
        List<Coordinate> out = new ArrayList<>();
        for (String level : levels) {
            Natural natural = new Natural("var", -1, -1, List.of(level), Scale.LOG);
            // no snap: where levels correlate, the matrix has a first derivative at zero
            out.add(new Coordinate("sd [" + level + "]", true, 1, new double[0], natural, t -> t * t));
        }
        this.coordinates = List.copyOf(out);
    }

    @Override
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    @Override
    public int scales() {
        return levels.size();
    }

    @Override
    public List<Natural> naturals(int reference) {
        List<Natural> out = new ArrayList<>();
        for (int l = 0; l < levels.size(); l++) {
            int place = reference < 0 ? -1 : places.ofInner(index[l], reference);
            out.add(new Natural("var", place, place, List.of(levels.get(l)), Scale.LOG));
        }
        return out;
    }

    @Override
    public void natural(double[] tau, double reference, double[] out) {
        for (int l = 0; l < levels.size(); l++) {
            out[l] = tau[l] * tau[l] * reference;
        }
    }

    @Override
    public void values(double[] tau, int[] at, double[] out) {
        for (int i = 0; i < at.length; i++) {
            out[i] = tau[owner[at[i]]];
        }
    }

    @Override
    public void first(double[] tau, int k, int[] at, double[] out) {
        for (int i = 0; i < at.length; i++) {
            out[i] = owner[at[i]] == k ? 1 : 0;
        }
    }

    @Override
    public void second(double[] tau, int j, int k, int[] at, double[] out) {
        Arrays.fill(out, 0);
    }

    @Override
    public int scaleOf(int i) {
        return owner[i];
    }

    @Override
    public void start(List<Moments> moments, double[] innerVariances, double[] tau) {
        double[] sum = new double[levels.size()];
        double[] count = new double[levels.size()];
        add(moments, innerVariances, sum, count);
        double all = Arrays.stream(count).sum();
        double mean = all > 0 ? Arrays.stream(sum).sum() / all : 1;
        mean = mean > 0 ? mean : 1;
        for (int l = 0; l < sum.length; l++) {
            double variance = count[l] > 0 ? sum[l] / count[l] : mean;
            tau[l] = Math.sqrt(Math.max(variance, START_FLOOR * mean));
        }
    }

    /** Adds, by level, the moments over the inner variances, and the numbers of levels summed. */
    private void add(List<Moments> moments, double[] innerVariances, double[] sum, double[] count) {
        for (Moments m : moments) {
            for (int i = 0; i < m.at().length; i++) {
                double inner = innerVariances[places.second(m.at()[i])];
                if (inner > 0) {
                    sum[owner[m.at()[i]]] += m.sum().get(i, i) / inner;
                    count[owner[m.at()[i]]] += m.count();
                }
            }
        }
    }

    /** {@code θ_l² = Σ sumᵢᵢ/vᵢ / Σ count}: the maximizer where the inner matrix is {@code diag(v)}. */
    void maximize(List<Moments> moments, double[] innerVariances, double[] tau) {
        double[] sum = new double[levels.size()];
        double[] count = new double[levels.size()];
        add(moments, innerVariances, sum, count);
        for (int l = 0; l < sum.length; l++) {
            tau[l] = count[l] > 0 ? Math.sqrt(Math.max(0, sum[l] / count[l])) : tau[l];
        }
    }

    @Override
    public List<String> levels() {
        return levels;
    }
}
