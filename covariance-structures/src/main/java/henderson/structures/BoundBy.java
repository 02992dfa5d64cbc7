package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Moments;
import henderson.api.Natural;
import henderson.api.Whitening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Block-diagonal by level, theory (76): the coordinates of each level's structure one after the other. Where another owns
 * the scale it holds that of the first level only; the others stay relative to it.
 */
final class BoundBy implements BoundStructure {
    private final Places places;
    private final Levels levels;
    /** One of each level. */
    private final List<BoundStructure> inner;
    /** First coordinate of each level; the last entry is the number of coordinates. */
    private final int[] start;

    private final List<Coordinate> coordinates;

    BoundBy(Places places, Levels levels, List<BoundStructure> inner) {
        this.places = places;
        this.levels = levels;
        this.inner = List.copyOf(inner);
        this.start = new int[inner.size() + 1];
        List<Coordinate> all = new ArrayList<>();
        for (int l = 0; l < inner.size(); l++) {
            String level = levels.names().get(l);
            for (Coordinate c : inner.get(l).coordinates()) {
                all.add(new Coordinate(
                        c.name() + " [" + level + "]",
                        c.scales(),
                        c.neutral(),
                        c.snaps(),
                        named(c.natural(), l),
                        c.value()));
            }
            start[l + 1] = all.size();
        }
        this.coordinates = List.copyOf(all);
    }

    private Natural named(Natural n, int l) {
        int index = levels.index()[l];
        List<String> own = new ArrayList<>(List.of(levels.names().get(l)));
        own.addAll(n.levels()); // two factors may have a level of the same name
        return Places.move(n, i -> places.ofInner(index, i), own);
    }

    int levelCount() {
        return inner.size();
    }

    BoundStructure inner(int l) {
        return inner.get(l);
    }

    /** First coordinate of a level. */
    int start(int l) {
        return start[l];
    }

    double[] of(double[] tau, int l) {
        return Arrays.copyOfRange(tau, start[l], start[l + 1]);
    }

    private static double[] with(double[] tau, int from, double[] own) {
        double[] out = tau.clone();
        System.arraycopy(own, 0, out, from, own.length);
        return out;
    }

    private int levelOf(int k) {
        int l = 0;
        while (start[l + 1] <= k) {
            l++;
        }
        return l;
    }

    /** Which entries of {@code at} belong to a level. */
    int[] rows(int[] at, int l) {
        int count = 0;
        int[] out = new int[at.length];
        for (int i = 0; i < at.length; i++) {
            if (levels.owner()[at[i]] == l) {
                out[count++] = i;
            }
        }
        return Arrays.copyOf(out, count);
    }

    /** Inner indices of some entries of {@code at}. */
    int[] innerIndices(int[] at, int[] rows) {
        int[] out = new int[rows.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = places.second(at[rows[i]]);
        }
        return out;
    }

    @Override
    public String title() {
        return inner.get(0).title();
    }

    @Override
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    @Override
    public int held() {
        return inner.get(0).held();
    }

    @Override
    public int reference() {
        return inner.get(0).reference();
    }

    @Override
    public List<Natural> naturals() {
        List<Natural> out = new ArrayList<>();
        for (int l = 0; l < inner.size(); l++) {
            for (Natural n : inner.get(l).naturals()) {
                out.add(named(n, l));
            }
        }
        return out;
    }

    @Override
    public double[] natural(double[] tau) {
        double[] out = new double[tau.length];
        for (int l = 0; l < inner.size(); l++) {
            double[] own = inner.get(l).natural(of(tau, l));
            System.arraycopy(own, 0, out, start[l], own.length);
        }
        return out;
    }

    /** What a level's structure makes of its part of a pattern. */
    private interface Block {
        void fill(int[] index, DMatrixRMaj out);
    }

    private void add(int[] at, int l, Block block, DMatrixRMaj out) {
        int[] rows = rows(at, l);
        int m = rows.length;
        if (m == 0) {
            return;
        }
        DMatrixRMaj part = new DMatrixRMaj(m, m);
        block.fill(innerIndices(at, rows), part);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                out.data[rows[i] * at.length + rows[j]] = part.data[i * m + j];
            }
        }
    }

    private static void clear(int[] at, DMatrixRMaj out) {
        Arrays.fill(out.data, 0, at.length * at.length, 0);
    }

    @Override
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        clear(at, out);
        for (int l = 0; l < inner.size(); l++) {
            int level = l;
            add(at, l, (index, part) -> inner.get(level).matrix(of(tau, level), index, part), out);
        }
        return out;
    }

    @Override
    public void derivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        clear(at, out);
        int l = levelOf(k);
        add(at, l, (index, part) -> inner.get(l).derivative(of(tau, l), k - start[l], index, part), out);
    }

    @Override
    public void second(double[] tau, int j, int k, int[] at, DMatrixRMaj out) {
        clear(at, out);
        int l = levelOf(k);
        if (levelOf(j) == l) {
            add(at, l, (index, part) -> inner.get(l).second(of(tau, l), j - start[l], k - start[l], index, part), out);
        }
    }

    @Override
    public void factor(double[] tau, int[] at, DMatrixRMaj out) {
        clear(at, out);
        for (int l = 0; l < inner.size(); l++) {
            int level = l;
            add(at, l, (index, part) -> inner.get(level).factor(of(tau, level), index, part), out);
        }
    }

    @Override
    public boolean factorDerivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        clear(at, out);
        int l = levelOf(k);
        boolean[] given = {true};
        add(
                at,
                l,
                (index, part) -> given[0] = inner.get(l).factorDerivative(of(tau, l), k - start[l], index, part),
                out);
        return given[0];
    }

    /** A level without moments starts from those of all levels. */
    @Override
    public double[] start(List<Moments> moments) {
        List<Moments> all = new ArrayList<>();
        List<List<Moments>> own = new ArrayList<>();
        for (int l = 0; l < inner.size(); l++) {
            own.add(part(moments, l));
            all.addAll(own.get(l));
        }
        double[] tau = new double[coordinates.size()];
        for (int l = 0; l < inner.size(); l++) {
            boolean borrowed = own.get(l).isEmpty() && inner.get(l) == inner.get(0);
            double[] part = inner.get(l).start(borrowed ? all : own.get(l));
            System.arraycopy(part, 0, tau, start[l], part.length);
        }
        return tau;
    }

    /** The moments of one level's positions. */
    private List<Moments> part(List<Moments> moments, int l) {
        List<Moments> out = new ArrayList<>();
        for (Moments m : moments) {
            int[] rows = rows(m.at(), l);
            if (rows.length > 0) {
                out.add(new Moments(innerIndices(m.at(), rows), m.count(), part(m.sum(), rows)));
            }
        }
        return out;
    }

    private static DMatrixRMaj part(DMatrixRMaj sum, int[] rows) {
        DMatrixRMaj out = new DMatrixRMaj(rows.length, rows.length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                out.set(i, j, sum.get(rows[i], rows[j]));
            }
        }
        return out;
    }

    /** Level by level, for the matrix is block-diagonal. */
    @Override
    public boolean maximize(List<Moments> moments, double[] tau) {
        double[] out = tau.clone();
        for (int l = 0; l < inner.size(); l++) {
            List<Moments> own = part(moments, l);
            if (own.isEmpty()) {
                continue;
            }
            double[] part = of(tau, l);
            if (!inner.get(l).maximize(own, part)) {
                return false;
            }
            System.arraycopy(part, 0, out, start[l], part.length);
        }
        System.arraycopy(out, 0, tau, 0, tau.length);
        return true;
    }

    /** By the whitenings within, those of one level in the case of one; dense where their indices are out of order. */
    @Override
    public Whitening whitening(int[] at) {
        for (int l = 0; l < inner.size(); l++) {
            if (!Places.isAscending(innerIndices(at, rows(at, l)))) {
                return BoundStructure.super.whitening(at);
            }
        }
        return new ByWhitening(this, at);
    }

    @Override
    public boolean[] free(double[] tau) {
        boolean[] out = new boolean[tau.length];
        for (int l = 0; l < inner.size(); l++) {
            boolean[] own = inner.get(l).free(of(tau, l));
            System.arraycopy(own, 0, out, start[l], own.length);
        }
        return out;
    }

    @Override
    public List<double[]> boundaryPoints(double[] tau) {
        List<double[]> out = new ArrayList<>();
        for (int l = 0; l < inner.size(); l++) {
            for (double[] own : inner.get(l).boundaryPoints(of(tau, l))) {
                out.add(with(tau, start[l], own));
            }
        }
        return Combined.nearestFirst(this, tau, out);
    }

    /** One block for each level; null where a level leaves its own to others. */
    private @Nullable List<DMatrixRMaj> blocks(double[] tau, DMatrixRMaj score) {
        List<DMatrixRMaj> out = new ArrayList<>();
        for (int l = 0; l < inner.size(); l++) {
            DMatrixRMaj own = inner.get(l).boundaryCurvature(of(tau, l), score(score, l));
            if (own == null) {
                return null;
            }
            out.add(own);
        }
        return out;
    }

    /** The score of a level's positions, by inner index; zero where it has none. */
    private DMatrixRMaj score(DMatrixRMaj score, int l) {
        int m = bound(l);
        DMatrixRMaj out = new DMatrixRMaj(m, m);
        for (int i = 0; i < places.size(); i++) {
            for (int j = 0; j < places.size(); j++) {
                if (levels.owner()[i] == l && levels.owner()[j] == l) {
                    out.add(places.second(i), places.second(j), score.get(i, j));
                }
            }
        }
        return out;
    }

    /** One more than the largest inner index of the levels that share a level's structure. */
    private int bound(int l) {
        int out = 0;
        for (int i = 0; i < places.size(); i++) {
            boolean shares = inner.get(levels.owner()[i]) == inner.get(l);
            out = shares ? Math.max(out, places.second(i) + 1) : out;
        }
        return out;
    }

    @Override
    public @Nullable DMatrixRMaj boundaryCurvature(double[] tau, DMatrixRMaj score) {
        List<DMatrixRMaj> blocks = blocks(tau, score);
        return blocks == null ? null : Combined.blockDiagonal(blocks);
    }

    @Override
    public double @Nullable [] release(double[] tau, DMatrixRMaj score, double t) {
        List<DMatrixRMaj> blocks = blocks(tau, score);
        if (blocks == null) {
            return null;
        }
        int l = Combined.least(blocks);
        if (l < 0) {
            return tau.clone();
        }
        double[] own = inner.get(l).release(of(tau, l), score(score, l), t);
        return own == null ? null : with(tau, start[l], own);
    }

    @Override
    public List<String> levels() {
        List<String> out = levels.names();
        for (BoundStructure structure : inner) {
            out = Places.union(out, structure.levels());
        }
        return out;
    }
}
