package henderson.equations.linear;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Model;
import henderson.api.Natural;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** The search coordinates of all terms one after the other, and what the structures make of them. */
public final class Parameters {
    final List<Term> terms;
    /** First coordinate of each term; the last entry is the number of coordinates. */
    final int[] start;
    /** Term of each coordinate. */
    final int[] termOf;
    /** All positions of each term. */
    final int[][] at;

    private final List<List<Coordinate>> coordinates = new ArrayList<>();

    /** Coordinates of the random terms of a model. */
    public Parameters(Model model) {
        this.terms = model.random();
        this.start = new int[terms.size() + 1];
        this.at = new int[terms.size()][];
        for (int t = 0; t < terms.size(); t++) {
            coordinates.add(List.copyOf(terms.get(t).structure().coordinates()));
            start[t + 1] = start[t] + coordinates.get(t).size();
            at[t] = new int[terms.get(t).columns().size()];
            for (int i = 0; i < at[t].length; i++) {
                at[t][i] = i;
            }
        }
        this.termOf = new int[size()];
        for (int t = 0; t < terms.size(); t++) {
            java.util.Arrays.fill(termOf, start[t], start[t + 1], t);
        }
    }

    /** Number of coordinates. */
    public int size() {
        return start[terms.size()];
    }

    /** Structure of a term. */
    public BoundStructure structure(int term) {
        return terms.get(term).structure();
    }

    /** Coordinates of one term. */
    public double[] of(double[] tau, int term) {
        return java.util.Arrays.copyOfRange(tau, start[term], start[term + 1]);
    }

    /** {@code tau} with the coordinates of one term replaced. */
    public double[] with(double[] tau, int term, double[] own) {
        double[] out = tau.clone();
        System.arraycopy(own, 0, out, start[term], own.length);
        return out;
    }

    Coordinate coordinate(int k) {
        int t = termOf[k];
        return coordinates.get(t).get(k - start[t]);
    }

    /** A coordinate's name with its group. */
    String name(int k) {
        return terms.get(termOf[k]).group() + ":" + coordinate(k).name();
    }

    /** Which coordinates may move. */
    public boolean[] free(double[] tau) {
        boolean[] out = new boolean[size()];
        for (int t = 0; t < terms.size(); t++) {
            boolean[] own = structure(t).free(of(tau, t));
            System.arraycopy(own, 0, out, start[t], own.length);
        }
        return out;
    }

    /** The random terms. */
    public List<Term> terms() {
        return terms;
    }

    /** Index of the first coordinate of a term; at the number of terms, the number of coordinates. */
    public int start(int term) {
        return start[term];
    }

    /** Term of each coordinate, ascending. */
    public int[] termOf() {
        return termOf.clone();
    }

    /** All positions of a term. Not copied: do not modify. */
    public int[] at(int term) {
        return at[term];
    }

    /** Square matrices, one per term. */
    public DMatrixRMaj[] matrices() {
        DMatrixRMaj[] out = new DMatrixRMaj[terms.size()];
        for (int t = 0; t < out.length; t++) {
            out[t] = new DMatrixRMaj(at[t].length, at[t].length);
        }
        return out;
    }

    /** {@code Λ} of every term. */
    DMatrixRMaj[] lambda(double[] tau) {
        DMatrixRMaj[] out = matrices();
        for (int t = 0; t < out.length; t++) {
            structure(t).factor(of(tau, t), at[t], out[t]);
        }
        return out;
    }

    /** Natural parameters of all terms at scale {@code sigma}: coordinates that scale are multiplied by it first. */
    double[] natural(double[] tau, double sigma) {
        double[] out = new double[size()];
        for (int t = 0; t < terms.size(); t++) {
            double[] own = of(tau, t);
            for (int k = 0; k < own.length; k++) {
                own[k] *= coordinates.get(t).get(k).scales() ? sigma : 1;
            }
            System.arraycopy(structure(t).natural(own), 0, out, start[t], own.length);
        }
        return out;
    }

    /** The natural parameters, in order. */
    List<Natural> naturals() {
        List<Natural> out = new ArrayList<>();
        terms.forEach(term -> out.addAll(term.structure().naturals()));
        return out;
    }

    /** Name of natural parameter {@code k}: {@code var(id:week)}, {@code cov(id:week,_cons)}, {@code corr(id:lag 2)}. */
    String naturalName(int k, Natural natural) {
        Term term = terms.get(termOf[k]);
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
