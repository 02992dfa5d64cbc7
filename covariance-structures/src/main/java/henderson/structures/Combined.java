package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.HendersonException;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** What structures made of others have in common at the boundary. */
final class Combined {
    /** Beyond so many positions no square matrix is formed to ask questions about the boundary. */
    static final int LARGEST = 512;

    private Combined() {}

    /** As many structures to stand over as needed. */
    static void requireInner(String name, List<BoundStructure> inner, int count) {
        if (inner.size() != count) {
            throw new HendersonException("The combinator '" + name + "' stands over " + count
                    + (count == 1 ? " structure" : " structures") + ", not over " + inner.size() + ".");
        }
    }

    /** How many are true. */
    static int count(boolean[] free) {
        int out = 0;
        for (boolean f : free) {
            out += f ? 1 : 0;
        }
        return out;
    }

    /** Of the coordinates that its parts call free, those that still move the matrix; all of them in the interior. */
    static boolean[] thatMove(BoundStructure structure, double[] tau, boolean[] free, int[] all) {
        if (count(free) == free.length || all.length > LARGEST) {
            return free;
        }
        DMatrixRMaj d = new DMatrixRMaj(all.length, all.length);
        for (int k = 0; k < free.length; k++) {
            if (free[k]) {
                structure.derivative(tau, k, all, d);
                free[k] = !isZero(d);
            }
        }
        return free;
    }

    static boolean isZero(DMatrixRMaj a) {
        for (int i = 0; i < a.numRows * a.numCols; i++) {
            if (a.data[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The points with fewer free coordinates than {@code tau}, the nearest first. */
    static List<double[]> nearestFirst(BoundStructure structure, double[] tau, List<double[]> points) {
        int now = count(structure.free(tau));
        List<double[]> out = new ArrayList<>();
        for (double[] point : points) {
            if (count(structure.free(point)) < now) {
                out.add(point);
            }
        }
        out.sort((a, b) -> Double.compare(distance(a, tau), distance(b, tau)));
        return out;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    /** The block-diagonal matrix of {@code blocks}. */
    static DMatrixRMaj blockDiagonal(List<DMatrixRMaj> blocks) {
        int n = blocks.stream().mapToInt(b -> b.numRows).sum();
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        int at = 0;
        for (DMatrixRMaj b : blocks) {
            for (int i = 0; i < b.numRows; i++) {
                for (int j = 0; j < b.numCols; j++) {
                    out.set(at + i, at + j, b.get(i, j));
                }
            }
            at += b.numRows;
        }
        return out;
    }

    /** The block with the least eigenvalue, −1 where all are empty. */
    static int least(List<DMatrixRMaj> blocks) {
        int out = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int b = 0; b < blocks.size(); b++) {
            Least own = Least.of(blocks.get(b));
            if (own != null && own.value() < least) {
                least = own.value();
                out = b;
            }
        }
        return out;
    }

    /** The least eigenvalue of a symmetric matrix and its vector. */
    record Least(double value, double[] vector) {
        /** Null where the matrix is empty. */
        static @Nullable Least of(DMatrixRMaj symmetric) {
            int n = symmetric.numRows;
            DMatrixRMaj identity = new DMatrixRMaj(n, n);
            for (int i = 0; i < n; i++) {
                identity.set(i, i, 1);
            }
            DMatrixRMaj v = Rank.leastCurvature(identity, symmetric);
            if (v == null) {
                return null;
            }
            double value = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    value += v.data[i] * symmetric.get(i, j) * v.data[j];
                }
            }
            return new Least(value, v.data.clone());
        }
    }
}
