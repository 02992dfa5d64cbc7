package henderson.equations.generalized;

import henderson.testkit.Design;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * −2 log-likelihood of a small nested model by the trapezoidal rule on a fine lattice of every standardized effect, units within
 * units: for smooth integrands that fall like a normal density it is exact to rounding.
 */
final class BruteForce {
    private static final double REACH = 8;

    private final NestedCase c;
    private final List<List<Integer>> factors = new ArrayList<>();
    private final double[] density;
    private final double[] eta;
    private final double width;
    private final int half;

    /** A level of a factor: its rows, and the levels of the next factor within it. */
    private record Unit(int[] rows, List<Unit> inner) {}

    BruteForce(NestedCase c) {
        this.c = c;
        Map<String, List<Integer>> byGroup = new LinkedHashMap<>();
        for (int t = 0; t < c.design().terms().size(); t++) {
            byGroup.computeIfAbsent(c.design().terms().get(t).group(), g -> new ArrayList<>())
                    .add(t);
        }
        factors.addAll(byGroup.values());
        factors.sort(java.util.Comparator.comparingInt(
                f -> c.design().terms().get(f.get(0)).levels()));
        int n = c.design().rows();
        this.density = new double[7 * n];
        this.eta = new double[n];
        int dimensions = Stream.of(c.lambda()).mapToInt(l -> l.numRows).sum();
        // a lattice of width w is exact to exp(−2π²s²/w²) for a posterior of standard deviation s
        this.width = dimensions == 1 ? 0.02 : dimensions == 2 ? 0.1 : 0.2;
        this.half = (int) Math.ceil(REACH / width);
    }

    double deviance() {
        int n = c.design().rows();
        double[] xb = c.offset().clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < c.beta().length; j++) {
                xb[i] += c.design().x()[i][j] * c.beta()[j];
            }
        }
        double sum = 0;
        for (Unit unit : units(0, IntStream.range(0, n).toArray())) {
            sum += integral(0, unit, xb);
        }
        return -2 * sum;
    }

    private List<Unit> units(int depth, int[] rows) {
        if (depth == factors.size()) {
            return List.of();
        }
        int[] level = c.design().terms().get(factors.get(depth).get(0)).level();
        List<Unit> out = new ArrayList<>();
        for (int l : IntStream.of(rows).map(i -> level[i]).distinct().toArray()) {
            int[] own = IntStream.of(rows).filter(i -> level[i] == l).toArray();
            out.add(new Unit(own, units(depth + 1, own)));
        }
        return out;
    }

    private double integral(int depth, Unit unit, double[] base) {
        int q = factors.get(depth).stream().mapToInt(t -> c.lambda()[t].numRows).sum();
        int[] at = new int[q];
        java.util.Arrays.fill(at, -half);
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double[] moved = base.clone();
        do {
            double log = 0;
            for (int a : at) {
                log -= a * width * a * width / 2;
            }
            for (int i : unit.rows()) {
                moved[i] = base[i] + effect(depth, i, at);
            }
            if (unit.inner().isEmpty()) {
                for (int i : unit.rows()) {
                    eta[i] = moved[i];
                    c.family().logDensity(i, i + 1, eta, c.phi(), 0, density);
                    log += density[i];
                }
            }
            for (Unit inner : unit.inner()) {
                log += integral(depth + 1, inner, moved);
            }
            if (log > largest) {
                sum *= Math.exp(largest - log);
                largest = log;
            }
            sum += Math.exp(log - largest);
        } while (next(at));
        return largest + Math.log(sum) + q * (Math.log(width) - Math.log(2 * Math.PI) / 2);
    }

    private double effect(int depth, int row, int[] at) {
        double sum = 0;
        int from = 0;
        for (int t : factors.get(depth)) {
            Design.TermData term = c.design().terms().get(t);
            int q = c.lambda()[t].numRows;
            for (int a = 0; a < q; a++) {
                for (int b = 0; b < q; b++) {
                    sum += term.z()[row][a] * c.lambda()[t].get(a, b) * at[from + b] * width;
                }
            }
            from += q;
        }
        return sum;
    }

    private boolean next(int[] at) {
        for (int a = at.length - 1; a >= 0; a--) {
            if (++at[a] <= half) {
                return true;
            }
            at[a] = -half;
        }
        return false;
    }
}
