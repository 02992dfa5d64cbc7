package henderson.equations.linear;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Model;
import henderson.api.Natural;
import henderson.api.Scale;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The search coordinates of all terms one after the other, and what the structures make of them. A residual structure comes
 * last, as a block of its own; its held coordinate, which σ² stands for, is none of them.
 */
public final class Parameters implements TermBoundaries.Layout {
    private static final Natural RESIDUAL = new Natural("var", -1, -1, List.of(), Scale.LOG);

    final List<Term> terms;
    /** First coordinate of each block; the last entry is the number of coordinates. */
    final int[] start;
    /** Block of each coordinate. */
    final int[] termOf;
    /** All positions of each random term. */
    final int[][] at;

    private final @Nullable Term residual;
    /** Coordinates of the residual structure that are searched over. */
    private final int[] residualAt;

    private final List<List<Coordinate>> coordinates = new ArrayList<>();

    /** Coordinates of the random terms and the residual structure of a model. */
    public Parameters(Model model) {
        this.terms = model.random();
        this.residual = model.residual();
        int blocks = terms.size() + (residual == null ? 0 : 1);
        this.start = new int[blocks + 1];
        this.at = new int[terms.size()][];
        for (int t = 0; t < terms.size(); t++) {
            coordinates.add(List.copyOf(terms.get(t).structure().coordinates()));
            start[t + 1] = start[t] + coordinates.get(t).size();
            at[t] = new int[terms.get(t).columns().size()];
            Arrays.setAll(at[t], i -> i);
        }
        this.residualAt = residual == null ? new int[0] : searched(residual.structure());
        if (residual != null) {
            List<Coordinate> all = residual.structure().coordinates();
            List<Coordinate> own = new ArrayList<>();
            for (int k : residualAt) {
                own.add(all.get(k));
            }
            coordinates.add(own);
            start[blocks] = start[blocks - 1] + own.size();
        }
        this.termOf = new int[size()];
        for (int t = 0; t < blocks; t++) {
            Arrays.fill(termOf, start[t], start[t + 1], t);
        }
    }

    private static int[] searched(BoundStructure structure) {
        int size = structure.coordinates().size();
        int[] out = new int[size - 1];
        int at = 0;
        for (int k = 0; k < size; k++) {
            if (k != structure.held()) {
                out[at++] = k;
            }
        }
        return out;
    }

    /** Number of coordinates. */
    public int size() {
        return start[start.length - 1];
    }

    /** Number of coordinates of random terms; those of a residual structure follow. */
    public int randomSize() {
        return start[terms.size()];
    }

    /** Structure of a random term. */
    @Override
    public BoundStructure structure(int term) {
        return terms.get(term).structure();
    }

    /** Whether there is a residual structure. */
    public boolean hasResidual() {
        return residual != null;
    }

    /** The residual term. */
    public Term residual() {
        return Objects.requireNonNull(residual, "a residual structure");
    }

    /** Which coordinates of the residual structure are searched over: all but the held one. Not copied. */
    public int[] residualAt() {
        return residualAt;
    }

    /** All coordinates of the residual structure at {@code tau}, the held one at 1. */
    public double[] residualOf(double[] tau) {
        double[] out = new double[residualAt.length + 1];
        residualOf(tau, out);
        return out;
    }

    /** {@code rho ←} the same. Modified. */
    void residualOf(double[] tau, double[] rho) {
        rho[residual().structure().held()] = 1;
        for (int i = 0; i < residualAt.length; i++) {
            rho[residualAt[i]] = tau[randomSize() + i];
        }
    }

    /** {@code tau} with the residual structure at {@code rho}, whose held coordinate is 1. */
    public double[] withResidual(double[] tau, double[] rho) {
        double[] out = tau.clone();
        for (int i = 0; i < residualAt.length; i++) {
            out[randomSize() + i] = rho[residualAt[i]];
        }
        return out;
    }

    /** Coordinates of one block. */
    @Override
    public double[] of(double[] tau, int term) {
        return Arrays.copyOfRange(tau, start[term], start[term + 1]);
    }

    /** {@code tau} with the coordinates of one block replaced. */
    @Override
    public double[] with(double[] tau, int term, double[] own) {
        double[] out = tau.clone();
        System.arraycopy(own, 0, out, start[term], own.length);
        return out;
    }

    Coordinate coordinate(int k) {
        int t = termOf[k];
        return coordinates.get(t).get(k - start[t]);
    }

    /** Size of coordinate {@code k} in round figures: that of the scaling ones of its block, 1 where it does not scale. */
    double reach(int k, double[] tau) {
        double most = 0;
        for (int j = start[termOf[k]]; j < start[termOf[k] + 1] && coordinate(k).scales(); j++) {
            most = coordinate(j).scales() ? Math.max(most, Math.abs(tau[j])) : most;
        }
        return most > 0 ? most : 1;
    }

    /** A coordinate's name with its group. */
    String name(int k) {
        int t = termOf[k];
        return (t < terms.size() ? terms.get(t).group() : "residual") + ":"
                + coordinate(k).name();
    }

    /** Name of the natural parameter that stands where coordinate {@code k} does. */
    String reportedName(int k) {
        int at = k < randomSize() ? k : randomSize() + residualAt[k - randomSize()];
        return naturalName(at, naturals().get(at));
    }

    /** Which coordinates may move. */
    public boolean[] free(double[] tau) {
        boolean[] out = new boolean[size()];
        for (int t = 0; t < terms.size(); t++) {
            boolean[] own = structure(t).free(of(tau, t));
            System.arraycopy(own, 0, out, start[t], own.length);
        }
        if (residual != null) {
            boolean[] own = residual.structure().free(residualOf(tau));
            for (int i = 0; i < residualAt.length; i++) {
                out[randomSize() + i] = own[residualAt[i]];
            }
        }
        return out;
    }

    /** The random terms. */
    public List<Term> terms() {
        return terms;
    }

    /** Index of the first coordinate of a block; at the number of blocks, the number of coordinates. */
    public int start(int term) {
        return start[term];
    }

    /** Block of each coordinate, ascending: a random term, or the number of random terms for the residual structure. */
    public int[] termOf() {
        return termOf.clone();
    }

    /** All positions of a random term. Not copied: do not modify. */
    @Override
    public int[] at(int term) {
        return at[term];
    }

    /** Square matrices, one per random term. */
    public DMatrixRMaj[] matrices() {
        DMatrixRMaj[] out = new DMatrixRMaj[terms.size()];
        for (int t = 0; t < out.length; t++) {
            out[t] = new DMatrixRMaj(at[t].length, at[t].length);
        }
        return out;
    }

    /** {@code Λ} of every random term. */
    public DMatrixRMaj[] lambda(double[] tau) {
        DMatrixRMaj[] out = matrices();
        for (int t = 0; t < out.length; t++) {
            structure(t).factor(of(tau, t), at[t], out[t]);
        }
        return out;
    }

    /**
     * Natural parameters of all terms, then those of the residuals, at scale {@code sigma}: coordinates that scale are
     * multiplied by it first. One more than there are coordinates.
     */
    double[] natural(double[] tau, double sigma) {
        double[] out = new double[size() + 1];
        for (int t = 0; t < terms.size(); t++) {
            double[] own = structure(t).natural(scaled(of(tau, t), coordinates.get(t), sigma));
            System.arraycopy(own, 0, out, start[t], own.length);
        }
        if (residual == null) {
            out[randomSize()] = sigma * sigma;
        } else {
            BoundStructure structure = residual.structure();
            double[] own = structure.natural(scaled(residualOf(tau), structure.coordinates(), sigma));
            System.arraycopy(own, 0, out, randomSize(), own.length);
        }
        return out;
    }

    private static double[] scaled(double[] own, List<Coordinate> coordinates, double sigma) {
        for (int k = 0; k < own.length; k++) {
            own[k] *= coordinates.get(k).scales() ? sigma : 1;
        }
        return own;
    }

    /** The natural parameters in the order of {@link #natural}. */
    List<Natural> naturals() {
        List<Natural> out = new ArrayList<>();
        terms.forEach(term -> out.addAll(term.structure().naturals()));
        if (residual == null) {
            out.add(RESIDUAL);
        } else {
            out.addAll(residual.structure().naturals());
        }
        return out;
    }

    /** Random term of natural parameter {@code k}, −1 for those of the residuals. */
    int naturalTerm(int k) {
        return k < randomSize() ? termOf[k] : -1;
    }

    /** Name of natural parameter {@code k}: {@code var(id:week)}, {@code var(Residual)}, {@code rho}, {@code var(e1)}. */
    String naturalName(int k, Natural natural) {
        int t = naturalTerm(k);
        if (t < 0) {
            return residual == null ? "var(Residual)" : ResidualNames.of(natural, residual.columns());
        }
        Term term = terms.get(t);
        List<String> columns = term.columns();
        StringBuilder out = new StringBuilder(natural.symbol()).append('(').append(term.group());
        if (natural.ofLag()) {
            out.append(":lag ").append(natural.i());
        } else if (natural.i() >= 0) {
            out.append(':').append(columns.get(natural.i()));
            if (natural.j() >= 0 && natural.j() != natural.i()) {
                out.append(',').append(columns.get(natural.j()));
            }
        }
        natural.levels().forEach(level -> out.append(';').append(level));
        return out.append(')').toString();
    }
}
