package henderson.equations;

import henderson.linalg.Elimination;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws {@code Z̃ᵀy}, {@code X̃ᵀy} and {@code yᵀy} from the square root R of {@code [Z̃ X̃]ᵀ[Z̃ X̃]}, theory (150): {@code w = R(b, β) +
 * σε} is {@code Qᵀy}, {@code Rᵀw} has the products, and what is left of y is {@code σ²χ²} with as many degrees of freedom as there
 * are rows more than rows of R. The response's column of the root becomes w.
 */
final class RootDraw implements ResponseDraw.Road {
    /** A row of R whose entries are all below this, relative to their columns, is rounding. */
    private static final double NOTHING = 1e-12;

    private final LinearEquations equations;
    private final Elimination elimination;
    private final Condensed sums;
    private final double[] root;
    private final int border;
    /** For each column of each panel, its row in vectors; steps one after the other. */
    private final int[] columnRow;
    /** First entry of each step in {@link #columnRow}. */
    private final int[] columnStart;
    /** Whether a row of R is there at all, in the order of vectors. */
    private final boolean[] present;
    /** The same for rows of the border. */
    private final boolean[] presentInBorder;

    private final double degrees;

    RootDraw(LinearEquations equations) {
        this.equations = equations;
        this.elimination = equations.elimination;
        this.sums = equations.condensed;
        this.root = root(sums.root);
        this.border = sums.border;
        this.columnStart = new int[elimination.steps() + 1];
        for (int s = 0; s < elimination.steps(); s++) {
            columnStart[s + 1] = columnStart[s] + elimination.width(s) - border;
        }
        this.columnRow = new int[columnStart[elimination.steps()]];
        this.present = new boolean[equations.factor.order()];
        this.presentInBorder = new boolean[border - 1];
        int rows = findRows();
        this.degrees = equations.n - rows;
    }

    private static double[] root(double @Nullable [] given) {
        if (given == null) {
            throw new IllegalStateException("There is no square root of the sums.");
        }
        return given;
    }

    private int findRows() {
        double[] size = new double[present.length];
        for (int node = 0; node < equations.factorOfNode.length; node++) {
            int q = sums.graph.size(node);
            for (int a = 0; a < q; a++) {
                size[sums.row[node] + a] = Math.sqrt(sums.diagonal[sums.diagonalOffset[node] + a * q + a]);
            }
        }
        int rows = 0;
        for (int s = 0; s < elimination.steps(); s++) {
            int at = columnStart[s];
            for (int k = 0; k < elimination.memberCount(s); k++) {
                at = place(elimination.member(s, k), at);
            }
            for (int k = 0; k < elimination.reachCount(s); k++) {
                at = place(elimination.reach(s, k), at);
            }
            int width = elimination.width(s);
            for (int i = 0; i < elimination.columns(s); i++) {
                int row = columnRow[columnStart[s] + i];
                present[row] = present(elimination.panel(s) + i * width, s, size);
                rows += present[row] ? 1 : 0;
            }
        }
        for (int a = 0; a < border - 1; a++) {
            for (int j = a; j < border - 1; j++) {
                presentInBorder[a] |= Math.abs(sums.rootBorder[a * border + j]) > NOTHING * borderSize(j);
            }
            rows += presentInBorder[a] ? 1 : 0;
        }
        return rows;
    }

    private int place(int node, int from) {
        int at = from;
        for (int a = 0; a < sums.graph.size(node); a++) {
            columnRow[at++] = sums.row[node] + a;
        }
        return at;
    }

    private double borderSize(int j) {
        return Math.sqrt(sums.c[j * border + j]);
    }

    private boolean present(int at, int s, double[] size) {
        int random = elimination.width(s) - border;
        boolean any = false;
        for (int j = 0; j < random; j++) {
            any |= Math.abs(root[at + j]) > NOTHING * size[columnRow[columnStart[s] + j]];
        }
        for (int j = 0; j < border - 1; j++) {
            any |= Math.abs(root[at + random + j]) > NOTHING * borderSize(j);
        }
        return any;
    }

    @Override
    public void draw(double[] effects, double[] beta, double sigma, RandomGenerator random) {
        ResponseDraw.clear(sums);
        int p = border - 1;
        double squares = 0;
        for (int s = 0; s < elimination.steps(); s++) {
            int width = elimination.width(s);
            int columns = width - border;
            int first = columnStart[s];
            for (int i = 0; i < elimination.columns(s); i++) {
                int at = elimination.panel(s) + i * width;
                double w = 0;
                if (present[columnRow[first + i]]) {
                    for (int j = i; j < columns; j++) {
                        w += root[at + j] * effects[columnRow[first + j]];
                    }
                    for (int j = 0; j < p; j++) {
                        w += root[at + columns + j] * beta[j];
                    }
                    w += sigma * random.nextGaussian();
                    for (int j = i; j < columns; j++) {
                        sums.b[columnRow[first + j] * border + p] += root[at + j] * w;
                    }
                    for (int j = 0; j < p; j++) {
                        sums.c[j * border + p] += root[at + columns + j] * w;
                    }
                    squares += w * w;
                }
                root[at + width - 1] = w;
            }
        }
        for (int a = 0; a < p; a++) {
            double w = 0;
            if (presentInBorder[a]) {
                for (int j = a; j < p; j++) {
                    w += sums.rootBorder[a * border + j] * beta[j];
                }
                w += sigma * random.nextGaussian();
                for (int j = a; j < p; j++) {
                    sums.c[j * border + p] += sums.rootBorder[a * border + j] * w;
                }
                squares += w * w;
            }
            sums.rootBorder[a * border + p] = w;
        }
        double left = sigma * sigma * ChiSquare.draw(degrees, random);
        sums.rootBorder[border * border - 1] = Math.sqrt(left);
        sums.c[border * border - 1] = squares + left;
    }
}
