package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Natural;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A structure whose scale belongs to another: its held coordinate stands at 1 and is not searched. Its natural parameters
 * are those at reference variance 1, the reference left out: a variance becomes its ratio to the reference, a covariance
 * the correlation (theory (91)).
 */
final class Relative {
    private static final String VARIANCE = "var";
    private static final String COVARIANCE = "cov";

    private final BoundStructure inner;
    private final int held;
    private final int total;
    private final List<Natural> names;
    /** By natural parameter that is a covariance: the two that are its variances, or null. */
    private final int @Nullable [][] variances;

    Relative(BoundStructure inner) {
        this.inner = inner;
        this.held = inner.held();
        this.total = inner.coordinates().size();
        this.names = inner.naturals();
        this.variances = new int[names.size()][];
        for (int k = 0; k < variances.length; k++) {
            variances[k] = variancesOf(names.get(k));
        }
    }

    private int @Nullable [] variancesOf(Natural name) {
        if (!name.symbol().equals(COVARIANCE)) {
            return null;
        }
        int a = variance(name, name.i());
        int b = variance(name, name.j());
        return a < 0 || b < 0 ? null : new int[] {a, b};
    }

    private int variance(Natural covariance, int position) {
        for (int k = 0; k < names.size(); k++) {
            Natural n = names.get(k);
            boolean here = n.i() == position || n.i() < 0;
            if (n.symbol().equals(VARIANCE) && here && n.levels().equals(covariance.levels())) {
                return k;
            }
        }
        return -1;
    }

    BoundStructure inner() {
        return inner;
    }

    /** Number of coordinates that are searched. */
    int size() {
        return total - 1;
    }

    /** Index within the structure of searched coordinate {@code k}. */
    int coordinate(int k) {
        return k < held ? k : k + 1;
    }

    /** The searched coordinates; none scales, for what they scaled is relative to the held one. */
    List<Coordinate> coordinates() {
        List<Coordinate> all = inner.coordinates();
        List<Coordinate> out = new ArrayList<>();
        for (int k = 0; k < size(); k++) {
            Coordinate c = all.get(coordinate(k));
            out.add(new Coordinate(c.name(), false, c.neutral(), c.snaps(), c.natural(), c.value()));
        }
        return out;
    }

    /** All coordinates of the structure, the searched ones found in {@code tau} from {@code from} on. */
    double[] full(double[] tau, int from) {
        return full(tau, from, new double[total]);
    }

    /** As above. {@code out} is modified. */
    double[] full(double[] tau, int from, double[] out) {
        System.arraycopy(tau, from, out, 0, held);
        out[held] = 1;
        System.arraycopy(tau, from + held, out, held + 1, total - 1 - held);
        return out;
    }

    /**
     * Puts coordinates of the structure, of any scale, back into {@code tau} from {@code from} on.
     *
     * @param full all coordinates of the structure; the held one is not zero
     * @return the factor by which the scale's owner must multiply its own scaling coordinates
     */
    double put(double[] full, double[] tau, int from) {
        double scale = full[held];
        List<Coordinate> all = inner.coordinates();
        for (int k = 0; k < size(); k++) {
            int own = coordinate(k);
            tau[from + k] = all.get(own).scales() ? full[own] / scale : full[own];
        }
        return Math.abs(scale);
    }

    /** Whether coordinates of the structure can be put back. */
    boolean holds(double[] full) {
        return full[held] != 0;
    }

    /** Which searched coordinates are free, from {@code from} on. {@code out} is modified. */
    void free(double[] full, boolean[] out, int from) {
        boolean[] all = inner.free(full);
        for (int k = 0; k < size(); k++) {
            out[from + k] = all[coordinate(k)];
        }
    }

    /** The reference variance where the held coordinate is 1. */
    double reference(double[] full) {
        return inner.natural(full)[inner.reference()];
    }

    /** Position of the reference variance, or −1 where it is that of all. */
    int referencePosition() {
        return names.get(inner.reference()).i();
    }

    /** Names of the natural parameters but the reference, their positions translated by {@code place}. */
    List<Natural> naturals(IntUnaryOperator place) {
        List<Natural> out = new ArrayList<>();
        for (int k = 0; k < total; k++) {
            if (k != inner.reference()) {
                Natural n = names.get(k);
                Natural relative = variances[k] != null
                        ? Natural.correlation("corr", n.i(), n.j())
                        : new Natural(
                                n.symbol().equals(VARIANCE) ? "ratio" : n.symbol(),
                                n.i(),
                                n.j(),
                                n.levels(),
                                n.scale());
                out.add(Places.move(relative, place, n.levels()));
            }
        }
        return out;
    }

    /** Their values, from {@code from} on. {@code out} is modified. */
    void natural(double[] full, double[] out, int from) {
        double[] values = inner.natural(scaled(inner, full, 1 / Math.sqrt(reference(full))));
        int next = from;
        for (int k = 0; k < total; k++) {
            if (k != inner.reference()) {
                int[] v = variances[k];
                out[next++] = v == null ? values[k] : values[k] / Math.sqrt(values[v[0]] * values[v[1]]);
            }
        }
    }

    /** {@code tau} with the coordinates that scale multiplied by {@code c}. */
    static double[] scaled(BoundStructure structure, double[] tau, double c) {
        double[] out = tau.clone();
        List<Coordinate> coordinates = structure.coordinates();
        for (int k = 0; k < out.length; k++) {
            out[k] *= coordinates.get(k).scales() ? c : 1;
        }
        return out;
    }

    /** The matrix of positions {@code at} with the held coordinate at 1. */
    DMatrixRMaj matrix(double[] full, int[] at) {
        return inner.matrix(full, at, new DMatrixRMaj(at.length, at.length));
    }
}
