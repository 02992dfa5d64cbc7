package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Natural;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A structure whose scale belongs to another. Its held coordinate h stands at 1 and is not searched; where one other
 * coordinate o scales, the two stand on a circle instead, {@code (o, h) = (sin φ, cos φ)}, and φ is searched: so that h =
 * 0, too, is reached at a finite point (theory (78)). Its natural parameters are those at reference variance 1, the
 * reference left out: a variance becomes its ratio to the reference, a covariance the correlation (theory (74)).
 */
final class Relative {
    private static final String VARIANCE = "var";
    private static final String COVARIANCE = "cov";
    private static final double RIGHT_ANGLE = Math.PI / 2;

    private final BoundStructure inner;
    private final int held;
    private final int total;
    /** The only other coordinate that scales, or −1 where there is none or more. */
    private final int other;

    private final List<Natural> names;
    /** By natural parameter that is a covariance: the two that are its variances, or null. */
    private final int @Nullable [][] variances;

    Relative(BoundStructure inner) {
        this.inner = inner;
        this.held = inner.held();
        this.total = inner.coordinates().size();
        this.other = otherScale(inner.coordinates(), held);
        this.names = inner.naturals();
        this.variances = new int[names.size()][];
        for (int k = 0; k < variances.length; k++) {
            variances[k] = variancesOf(names.get(k));
        }
    }

    /** That of the structure. */
    String title() {
        return inner.title();
    }

    private static int otherScale(List<Coordinate> coordinates, int held) {
        int found = -1;
        for (int k = 0; k < coordinates.size(); k++) {
            if (k != held && coordinates.get(k).scales()) {
                if (found >= 0) {
                    return -1;
                }
                found = k;
            }
        }
        return found;
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

    /** Index within the structure of searched coordinate {@code k}; that of o for the angle. */
    int coordinate(int k) {
        return k < held ? k : k + 1;
    }

    private boolean isAngle(int k) {
        return coordinate(k) == other;
    }

    /** The searched coordinates; none scales, for what they scaled is relative to the held one. */
    List<Coordinate> coordinates() {
        List<Coordinate> all = inner.coordinates();
        List<Coordinate> out = new ArrayList<>();
        for (int k = 0; k < size(); k++) {
            Coordinate c = all.get(coordinate(k));
            out.add(
                    isAngle(k)
                            ? angle(c, all.get(held))
                            : new Coordinate(c.name(), false, c.neutral(), c.snaps(), c.natural(), c.value()));
        }
        return out;
    }

    private static Coordinate angle(Coordinate other, Coordinate held) {
        boolean up = snapsAtZero(other);
        boolean down = snapsAtZero(held);
        double[] snaps = DoubleStream.of(-RIGHT_ANGLE, 0, RIGHT_ANGLE)
                .filter(s -> s == 0 ? up : down)
                .toArray();
        double neutral = Math.atan2(other.neutral(), held.neutral());
        return new Coordinate(other.name(), false, neutral, snaps, other.natural(), Math::tan);
    }

    private static boolean snapsAtZero(Coordinate c) {
        return DoubleStream.of(c.snaps()).anyMatch(s -> s == 0);
    }

    /** All coordinates of the structure, the searched ones found in {@code tau} from {@code from} on. */
    double[] full(double[] tau, int from) {
        return full(tau, from, new double[total]);
    }

    /** As above. {@code out} is modified. */
    double[] full(double[] tau, int from, double[] out) {
        System.arraycopy(tau, from, out, 0, held);
        System.arraycopy(tau, from + held, out, held + 1, total - 1 - held);
        out[held] = 1;
        if (other >= 0) {
            double phi = out[other];
            out[other] = Math.sin(phi);
            out[held] = Math.abs(phi) == RIGHT_ANGLE ? 0 : Math.cos(phi); // exactly: it is a boundary
        }
        return out;
    }

    /**
     * Puts coordinates of the structure, of any scale, back into {@code tau} from {@code from} on.
     *
     * @param full all coordinates of the structure, which {@link #holds}
     * @return the factor by which the scale's owner must multiply its own scaling coordinates
     */
    double put(double[] full, double[] tau, int from) {
        double scale = full[held];
        List<Coordinate> all = inner.coordinates();
        for (int k = 0; k < size(); k++) {
            int own = coordinate(k);
            tau[from + k] = all.get(own).scales() && other < 0 ? full[own] / scale : full[own];
            if (own == other) {
                // both signs turned: the same matrix
                tau[from + k] = scale < 0 ? Math.atan2(-full[own], -scale) : Math.atan2(full[own], scale);
            }
        }
        return other < 0 ? Math.abs(scale) : Math.hypot(full[other], scale);
    }

    /** Whether coordinates of the structure can be put back. */
    boolean holds(double[] full) {
        return full[held] != 0 || other >= 0 && full[other] != 0;
    }

    /** Which searched coordinates are free, from {@code from} on. {@code out} is modified. */
    void free(double[] full, boolean[] out, int from) {
        boolean[] all = inner.free(full);
        for (int k = 0; k < size(); k++) {
            out[from + k] = all[coordinate(k)] && (!isAngle(k) || all[held]);
        }
    }

    /** {@code out ← ∂C} by searched coordinate {@code k}: on the circle {@code h ∂ₒC − o ∂ₕC}. */
    void derivative(double[] full, int k, int[] at, DMatrixRMaj out) {
        inner.derivative(full, coordinate(k), at, out);
        if (isAngle(k)) {
            DMatrixRMaj byHeld = new DMatrixRMaj(at.length, at.length);
            inner.derivative(full, held, at, byHeld);
            combine(full[held], out, -full[other], byHeld);
        }
    }

    /** {@code out ← ∂²C} by searched coordinates {@code j} and {@code k}. */
    void second(double[] full, int j, int k, int[] at, DMatrixRMaj out) {
        int byJ = coordinate(j);
        int byK = coordinate(k);
        inner.second(full, byJ, byK, at, out);
        if (other < 0 || byJ != other && byK != other) {
            return;
        }
        double o = full[other];
        double h = full[held];
        DMatrixRMaj more = new DMatrixRMaj(at.length, at.length);
        inner.second(full, held, byJ == other ? byK : byJ, at, more);
        if (byJ != byK) {
            combine(h, out, -o, more); // h ∂²ₒₖ − o ∂²ₕₖ
            return;
        }
        combine(h * h, out, -2 * o * h, more); // h² ∂²ₒₒ − 2oh ∂²ₒₕ + o² ∂²ₕₕ − o ∂ₒ − h ∂ₕ
        inner.second(full, held, held, at, more);
        combine(1, out, o * o, more);
        inner.derivative(full, other, at, more);
        combine(1, out, -o, more);
        inner.derivative(full, held, at, more);
        combine(1, out, -h, more);
    }

    /** {@code out ← ∂Λ} by searched coordinate {@code k}; false where the structure does not say. */
    boolean factorDerivative(double[] full, int k, int[] at, DMatrixRMaj out) {
        boolean given = inner.factorDerivative(full, coordinate(k), at, out);
        if (given && isAngle(k)) {
            DMatrixRMaj byHeld = new DMatrixRMaj(at.length, at.length);
            given = inner.factorDerivative(full, held, at, byHeld);
            combine(full[held], out, -full[other], byHeld);
        }
        return given;
    }

    private static void combine(double s, DMatrixRMaj out, double t, DMatrixRMaj more) {
        for (int i = 0; i < more.numRows * more.numCols; i++) {
            out.data[i] = s * out.data[i] + t * more.data[i];
        }
    }

    /** The whitening of a pattern, its derivatives by searched coordinates. */
    RelativeWhitening whitening(int[] at) {
        return new RelativeWhitening(this, inner.whitening(at), at.length, held, other);
    }

    /** The reference variance. */
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

    /** The matrix of positions {@code at}. */
    DMatrixRMaj matrix(double[] full, int[] at) {
        return inner.matrix(full, at, new DMatrixRMaj(at.length, at.length));
    }
}
