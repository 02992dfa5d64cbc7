package henderson.equations.generalized;

import henderson.api.BoundFamily;
import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Natural;
import henderson.api.Term;
import henderson.equations.linear.TermBoundaries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import org.ejml.data.DMatrixRMaj;

/**
 * The coordinates of a generalized model one after the other: β, τ of every term, φ of the family; and what structures make
 * of them.
 */
public final class JointParameters implements TermBoundaries.Layout {
    /** Of central differences of sixth order. */
    private static final double[] WEIGHTS = {45.0 / 60, -9.0 / 60, 1.0 / 60};

    final Model model;
    final List<Term> terms;
    final BoundFamily family;
    /** Fixed effects. */
    final int p;
    /** First coordinate of each term; the last entry is that of φ. */
    final int[] start;
    /** All positions of each term. */
    final int[][] at;

    private final List<Coordinate> auxiliaries;
    private final int size;
    private final int intercept;
    private final double[] shifts;

    /** Coordinates of a model with a family. */
    public JointParameters(Model model) {
        this(model, model.random());
    }

    /** Coordinates of a model with its random effects left out. */
    public static JointParameters withoutRandomEffects(Model model) {
        return new JointParameters(model, List.of());
    }

    private JointParameters(Model model, List<Term> terms) {
        this.model = model;
        this.terms = terms;
        this.family = Objects.requireNonNull(model.family(), "a model with a family");
        this.p = model.fixedNames().size();
        this.intercept = model.interceptColumn();
        this.shifts = model.fixedShifts();
        this.start = new int[terms.size() + 1];
        this.at = new int[terms.size()][];
        start[0] = p;
        for (int t = 0; t < terms.size(); t++) {
            start[t + 1] = start[t] + structure(t).coordinates().size();
            at[t] = new int[terms.get(t).columns().size()];
            for (int i = 0; i < at[t].length; i++) {
                at[t][i] = i;
            }
        }
        this.auxiliaries = List.copyOf(family.auxiliaries());
        this.size = start[terms.size()] + auxiliaries.size();
    }

    /** Number of coordinates. */
    public int size() {
        return size;
    }

    /** Number of fixed effects. */
    public int fixed() {
        return p;
    }

    /** First coordinate of φ. */
    public int firstAuxiliary() {
        return start[terms.size()];
    }

    /** First coordinate of a term. */
    public int first(int term) {
        return start[term];
    }

    /** The random terms. */
    public List<Term> terms() {
        return terms;
    }

    /** Structure of a term. */
    @Override
    public BoundStructure structure(int term) {
        return terms.get(term).structure();
    }

    /** All positions of a term. Not copied: do not modify. */
    @Override
    public int[] at(int term) {
        return at[term];
    }

    /**
     * All coordinates, from their parts.
     *
     * @throws HendersonException where there are more or fewer of them than the model has
     */
    public double[] point(double[] beta, List<double[]> tau, double[] phi) {
        double[] random = tau.stream().flatMapToDouble(Arrays::stream).toArray();
        if (beta.length != p || random.length != firstAuxiliary() - p || phi.length != auxiliaries.size()) {
            throw new HendersonException("The fit has " + beta.length + " fixed effects, " + random.length
                    + " coordinates of random effects and " + phi.length + " of the family; the model has " + p + ", "
                    + (firstAuxiliary() - p) + " and " + auxiliaries.size() + ".");
        }
        double[] out = Arrays.copyOf(beta, size);
        for (int j = 0; j < p && intercept >= 0; j++) {
            out[intercept] += shifts[j] * beta[j];
        }
        System.arraycopy(random, 0, out, p, random.length);
        System.arraycopy(phi, 0, out, firstAuxiliary(), phi.length);
        return out;
    }

    /** Fixed effects of the columns as they are, from those of the columns less {@link Model#fixedShifts()}. */
    public double[] beta(double[] point) {
        double[] out = Arrays.copyOf(point, p);
        for (int j = 0; j < p && intercept >= 0; j++) {
            out[intercept] -= shifts[j] * point[j];
        }
        return out;
    }

    /**
     * {@code ∂(β, ψ)/∂γ}, γ some of the coordinates, each in a unit of its own; by central differences where a structure or
     * the family maps them.
     *
     * @param active the coordinates
     * @param unit   unit of a coordinate
     * @return (p + naturals) × active
     */
    public DMatrixRMaj jacobian(double[] point, int[] active, IntToDoubleFunction unit) {
        int naturals = naturals().size();
        DMatrixRMaj out = new DMatrixRMaj(p + naturals, active.length);
        for (int i = 0; i < active.length; i++) {
            int k = active[i];
            double u = unit.applyAsDouble(k);
            if (k < p) {
                out.set(k, i, u);
                if (intercept >= 0 && k != intercept) {
                    out.set(intercept, i, -shifts[k] * u);
                }
                continue;
            }
            double h = 0x1p-7 * Math.min(1, Math.max(u, Math.abs(point[k])));
            for (int s = 1; s <= WEIGHTS.length; s++) {
                double[] up = point.clone();
                double[] down = point.clone();
                up[k] += s * h;
                down[k] -= s * h;
                double[] a = natural(up);
                double[] b = natural(down);
                for (int m = 0; m < naturals; m++) {
                    out.add(p + m, i, WEIGHTS[s - 1] * (a[m] - b[m]) / h * u);
                }
            }
        }
        return out;
    }

    /** Coordinates of one term. */
    @Override
    public double[] of(double[] point, int term) {
        return Arrays.copyOfRange(point, start[term], start[term + 1]);
    }

    /** The point with the coordinates of one term replaced. */
    @Override
    public double[] with(double[] point, int term, double[] own) {
        double[] out = point.clone();
        System.arraycopy(own, 0, out, start[term], own.length);
        return out;
    }

    /** φ. */
    public double[] auxiliary(double[] point) {
        return Arrays.copyOfRange(point, firstAuxiliary(), size);
    }

    /** Coordinates of φ. */
    public List<Coordinate> auxiliaries() {
        return auxiliaries;
    }

    /** Which coordinates may move: those of parameters on their boundary may not. */
    public boolean[] free(double[] point) {
        boolean[] out = new boolean[size];
        Arrays.fill(out, 0, p, true);
        for (int t = 0; t < terms.size(); t++) {
            boolean[] own = structure(t).free(of(point, t));
            System.arraycopy(own, 0, out, start[t], own.length);
        }
        for (int k = 0; k < auxiliaries.size(); k++) {
            int i = firstAuxiliary() + k;
            out[i] = true;
            for (double s : auxiliaries.get(k).snaps()) {
                out[i] &= point[i] != s;
            }
        }
        return out;
    }

    /** Square matrices, one per term. */
    public DMatrixRMaj[] matrices() {
        DMatrixRMaj[] out = new DMatrixRMaj[terms.size()];
        for (int t = 0; t < out.length; t++) {
            out[t] = new DMatrixRMaj(at[t].length, at[t].length);
        }
        return out;
    }

    /** A coordinate as messages name it. */
    public String name(int k) {
        if (k < p) {
            return model.fixedNames().get(k);
        }
        for (int t = 0; t < terms.size(); t++) {
            if (k < start[t + 1]) {
                return terms.get(t).group() + ":"
                        + structure(t).coordinates().get(k - start[t]).name();
            }
        }
        return auxiliaries.get(k - firstAuxiliary()).name();
    }

    /** Values of the natural parameters: those of the terms, then those of the family. */
    public double[] natural(double[] point) {
        double[] out = new double[naturals().size()];
        int next = 0;
        for (int t = 0; t < terms.size(); t++) {
            double[] own = structure(t).natural(of(point, t));
            System.arraycopy(own, 0, out, next, own.length);
            next += own.length;
        }
        double[] own = family.natural(auxiliary(point));
        System.arraycopy(own, 0, out, next, own.length);
        return out;
    }

    /** The natural parameters, in the order of {@link #natural}. */
    public List<Natural> naturals() {
        List<Natural> out = new ArrayList<>();
        terms.forEach(term -> out.addAll(term.structure().naturals()));
        out.addAll(family.naturals());
        return out;
    }

    /** Term of each natural parameter, −1 for those of the family. */
    public int[] naturalTerms() {
        List<Integer> out = new ArrayList<>();
        for (int t = 0; t < terms.size(); t++) {
            for (int k = 0; k < structure(t).naturals().size(); k++) {
                out.add(t);
            }
        }
        for (int k = 0; k < family.naturals().size(); k++) {
            out.add(-1);
        }
        return out.stream().mapToInt(Integer::intValue).toArray();
    }
}
