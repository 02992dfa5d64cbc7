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

/** {@code L ⊗ C} over cells, theory (77): coordinates of the left structure, then those of the right relative to its scale. */
final class BoundKronecker implements BoundStructure {
    private final Places places;
    private final BoundStructure left;
    private final Relative right;
    /** Number of left coordinates. */
    private final int own;

    private final List<Coordinate> coordinates;

    BoundKronecker(Places places, BoundStructure left, BoundStructure right) {
        this.places = places;
        this.left = left;
        this.right = new Relative(right);
        List<Coordinate> all = new ArrayList<>();
        left.coordinates().forEach(c -> all.add(named("left ", c)));
        this.own = all.size();
        this.right.coordinates().forEach(c -> all.add(named("right ", c)));
        this.coordinates = List.copyOf(all);
    }

    private static Coordinate named(String side, Coordinate c) {
        return new Coordinate(side + c.name(), c.scales(), c.neutral(), c.snaps(), c.natural(), c.value());
    }

    @Override
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    @Override
    public int held() {
        return left.held();
    }

    @Override
    public int reference() {
        return left.reference();
    }

    /** Left parameters stand at the cells of the right reference, right ones at those of the first left position. */
    @Override
    public List<Natural> naturals() {
        int reference = right.referencePosition();
        int at = reference < 0 ? places.commonestInner() : reference;
        List<Natural> out = new ArrayList<>();
        left.naturals().forEach(n -> out.add(Places.move(n, f -> places.ofOwn(f, at), n.levels())));
        for (Natural n : right.naturals(t -> places.ofInner(places.first(0), t))) {
            out.add(out.contains(n) ? new Natural("right " + n.symbol(), n.i(), n.j(), n.levels(), n.scale()) : n);
        }
        return out;
    }

    /** Left parameters where the right reference variance is 1. */
    @Override
    public double[] natural(double[] tau) {
        double[] full = right.full(tau, own);
        double[] absolute = left.natural(Relative.scaled(left, leftOf(tau), Math.sqrt(right.reference(full))));
        double[] out = Arrays.copyOf(absolute, tau.length);
        right.natural(full, out, own);
        return out;
    }

    private double[] leftOf(double[] tau) {
        return Arrays.copyOf(tau, own);
    }

    @Override
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        left.matrix(leftOf(tau), places.first(at), out);
        multiply(rightMatrix(tau, at), out);
        return out;
    }

    private DMatrixRMaj rightMatrix(double[] tau, int[] at) {
        return right.matrix(right.full(tau, own), places.second(at));
    }

    private DMatrixRMaj rightDerivative(double[] tau, int k, int[] at) {
        DMatrixRMaj out = new DMatrixRMaj(at.length, at.length);
        right.derivative(right.full(tau, own), k - own, places.second(at), out);
        return out;
    }

    private static void multiply(DMatrixRMaj by, DMatrixRMaj out) {
        for (int i = 0; i < by.numRows * by.numCols; i++) {
            out.data[i] *= by.data[i];
        }
    }

    @Override
    public void derivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        if (k < own) {
            left.derivative(leftOf(tau), k, places.first(at), out);
            multiply(rightMatrix(tau, at), out);
        } else {
            left.matrix(leftOf(tau), places.first(at), out);
            multiply(rightDerivative(tau, k, at), out);
        }
    }

    @Override
    public void second(double[] tau, int j, int k, int[] at, DMatrixRMaj out) {
        int first = Math.min(j, k);
        int last = Math.max(j, k);
        if (last < own) {
            left.second(leftOf(tau), j, k, places.first(at), out);
            multiply(rightMatrix(tau, at), out);
        } else if (first < own) {
            left.derivative(leftOf(tau), first, places.first(at), out);
            multiply(rightDerivative(tau, last, at), out);
        } else {
            DMatrixRMaj within = new DMatrixRMaj(at.length, at.length);
            right.second(right.full(tau, own), j - own, k - own, places.second(at), within);
            left.matrix(leftOf(tau), places.first(at), out);
            multiply(within, out);
        }
    }

    private @Nullable Grid grid(int[] at) {
        return Grid.of(places.first(at), places.second(at));
    }

    /** {@code Λ_L ⊗ Λ_C} where all cells are there; otherwise by the default. */
    @Override
    public void factor(double[] tau, int[] at, DMatrixRMaj out) {
        Grid grid = grid(at);
        if (grid == null) {
            BoundStructure.super.factor(tau, at, out);
            return;
        }
        product(leftFactor(tau, grid), rightFactor(tau, grid), grid, out);
    }

    private DMatrixRMaj leftFactor(double[] tau, Grid grid) {
        DMatrixRMaj out = new DMatrixRMaj(grid.lefts(), grid.lefts());
        left.factor(leftOf(tau), grid.left(), out);
        return out;
    }

    private DMatrixRMaj rightFactor(double[] tau, Grid grid) {
        DMatrixRMaj out = new DMatrixRMaj(grid.rights(), grid.rights());
        right.inner().factor(right.full(tau, own), grid.right(), out);
        return out;
    }

    private static void product(DMatrixRMaj a, DMatrixRMaj b, Grid grid, DMatrixRMaj out) {
        int n = grid.lefts() * grid.rights();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                out.data[i * n + j] = a.get(grid.leftOf(i), grid.leftOf(j)) * b.get(grid.rightOf(i), grid.rightOf(j));
            }
        }
    }

    @Override
    public boolean factorDerivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        Grid grid = grid(at);
        if (grid == null) {
            return false;
        }
        boolean given;
        if (k < own) {
            DMatrixRMaj a = new DMatrixRMaj(grid.lefts(), grid.lefts());
            given = left.factorDerivative(leftOf(tau), k, grid.left(), a);
            product(a, rightFactor(tau, grid), grid, out);
        } else {
            DMatrixRMaj b = new DMatrixRMaj(grid.rights(), grid.rights());
            given = right.factorDerivative(right.full(tau, own), k - own, grid.right(), b);
            product(leftFactor(tau, grid), b, grid, out);
        }
        return given;
    }

    /** Left from the cells of each right index, right from those of each left index over the left variances. */
    @Override
    public double[] start(List<Moments> moments) {
        List<Moments> ofLeft = new ArrayList<>();
        List<Moments> ofRight = new ArrayList<>();
        moments.forEach(m -> slices(m, places.second(m.at()), places.first(m.at()), null, ofLeft));
        double[] tau = Arrays.copyOf(left.start(ofLeft), coordinates.size());
        double[] variances = new double[places.firstBound()];
        for (int f = 0; f < variances.length; f++) {
            variances[f] = left.matrix(leftOf(tau), new int[] {f}, new DMatrixRMaj(1, 1)).data[0];
        }
        moments.forEach(m -> slices(m, places.first(m.at()), places.second(m.at()), variances, ofRight));
        right.put(right.inner().start(ofRight), tau, own);
        double reference = right.reference(right.full(tau, own));
        return withLeft(tau, Relative.scaled(left, leftOf(tau), 1 / Math.sqrt(reference)));
    }

    /** The parts of a moment matrix that share {@code by}, at the other index, over the variance of what they share. */
    private static void slices(Moments m, int[] by, int[] index, double @Nullable [] variances, List<Moments> out) {
        for (int i = 0; i < by.length; i++) {
            if (Indices.first(by, i) != i) {
                continue;
            }
            int value = by[i];
            int[] rows = java.util.stream.IntStream.range(0, by.length)
                    .filter(r -> by[r] == value)
                    .toArray();
            double over = variances == null ? 1 : variances[value];
            DMatrixRMaj sum = new DMatrixRMaj(rows.length, rows.length);
            int[] at = new int[rows.length];
            for (int a = 0; a < rows.length; a++) {
                at[a] = index[rows[a]];
                for (int b = 0; b < rows.length; b++) {
                    sum.set(a, b, m.sum().get(rows[a], rows[b]) / over);
                }
            }
            out.add(new Moments(at, m.count(), sum));
        }
    }

    /** Factor by factor where all cells are there, O(m³) for each; otherwise dense. */
    @Override
    public Whitening whitening(int[] at) {
        Grid grid = grid(at);
        return grid == null
                ? BoundStructure.super.whitening(at)
                : new KroneckerWhitening(own, left.whitening(grid.left()), right, grid);
    }

    @Override
    public boolean[] free(double[] tau) {
        boolean[] out = Arrays.copyOf(left.free(leftOf(tau)), tau.length);
        right.free(right.full(tau, own), out, own);
        return Combined.thatMove(this, tau, out, places.all());
    }

    @Override
    public List<double[]> boundaryPoints(double[] tau) {
        List<double[]> out = new ArrayList<>();
        for (double[] point : left.boundaryPoints(leftOf(tau))) {
            out.add(withLeft(tau, point));
        }
        for (double[] full : right.inner().boundaryPoints(right.full(tau, own))) {
            if (right.holds(full)) {
                out.add(put(full, tau));
            }
        }
        return Combined.nearestFirst(this, tau, out);
    }

    private static double[] withLeft(double[] tau, double[] point) {
        double[] out = tau.clone();
        System.arraycopy(point, 0, out, 0, point.length);
        return out;
    }

    /** {@code tau} with the right factor replaced by a point of any scale. */
    private double[] put(double[] full, double[] tau) {
        double[] out = tau.clone();
        double scale = right.put(full, out, own);
        return withLeft(out, Relative.scaled(left, leftOf(tau), scale));
    }

    /** {@code ∂d/∂L}: the score times C, summed by left index. */
    private DMatrixRMaj leftScore(double[] tau, DMatrixRMaj score) {
        DMatrixRMaj c = rightMatrix(tau, places.all());
        return summed(score, c, places.first(places.all()), places.firstBound());
    }

    private DMatrixRMaj rightScore(double[] tau, DMatrixRMaj score) {
        int[] first = places.first(places.all());
        DMatrixRMaj l = left.matrix(leftOf(tau), first, new DMatrixRMaj(first.length, first.length));
        return summed(score, l, places.second(places.all()), places.secondBound());
    }

    private static DMatrixRMaj summed(DMatrixRMaj score, DMatrixRMaj times, int[] index, int bound) {
        DMatrixRMaj out = new DMatrixRMaj(bound, bound);
        for (int i = 0; i < index.length; i++) {
            for (int j = 0; j < index.length; j++) {
                out.add(index[i], index[j], score.get(i, j) * times.get(i, j));
            }
        }
        return out;
    }

    /** That of the left factor, then that of the right unless the left is zero; null where one leaves it to others. */
    private @Nullable List<DMatrixRMaj> blocks(double[] tau, DMatrixRMaj score) {
        DMatrixRMaj ofLeft = left.boundaryCurvature(leftOf(tau), leftScore(tau, score));
        if (ofLeft == null) {
            return null;
        }
        DMatrixRMaj within = rightScore(tau, score);
        if (ofLeft.numRows > 0 && Combined.isZero(within)) {
            return List.of(ofLeft);
        }
        DMatrixRMaj ofRight = right.inner().boundaryCurvature(right.full(tau, own), within);
        return ofRight == null ? null : List.of(ofLeft, ofRight);
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
        int least = Combined.least(blocks);
        if (least < 0) {
            return tau.clone();
        }
        if (least == 0) {
            double[] point = left.release(leftOf(tau), leftScore(tau, score), t);
            return point == null ? null : withLeft(tau, point);
        }
        double[] full = right.inner().release(right.full(tau, own), rightScore(tau, score), t);
        return full == null ? null : put(full, tau);
    }

    @Override
    public List<String> levels() {
        return Places.union(left.levels(), right.inner().levels());
    }
}
