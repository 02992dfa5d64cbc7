package henderson.equations.generalized;

import org.jspecify.annotations.Nullable;

/**
 * What {@link LaplaceHessian} computes, letters and all, for one random effect per cluster; with nodes the same for a quadrature
 * about mode and curvature, theory (166).
 */
final class ScalarHessian implements NestedHessian.Rule {
    private final NestedPoint point;
    private final NestedRows rows;
    private final ClusterMode mode;
    private final int n;
    private final int p;
    private final int m;
    private final LambdaBends lambda;
    /** {@code ℓ″z}, {@code ℓ‴z²}; rows of a leaf. */
    private final double[] second;

    private final double[] third;
    /** Weight of the product of two derivatives of η, and it times z. */
    private final double[] weight;

    private final double[] weightZ;
    private final double[] fourth;
    /** Sums of columns of X with the weights above; zero for coordinates of Λ. */
    private final double[] bySecond;

    private final double[] byThird;
    private final double[] byWeight;
    private final double[] s;
    private final double[] u;
    private final double[] turn;
    private final double[] image;
    private final double[] pull;
    private final @Nullable NodeCurvature nodes;
    /** {@code E[ℓ″]} times powers 1 and 2 of the node, rows of a leaf; then the first times z. */
    private final double[] turned;

    private final double[] squared;
    /** Sums of columns of X with the first of them. */
    private final double[] byTurned;
    /** Derivatives of the root, and of what multiplies z and the node in that of η. */
    private final double[] rootMoves;

    private final double[] uByNode;
    private final double[][] centred;
    private int base;

    /** @param nodes those of a quadrature; null for Laplace's approximation */
    ScalarHessian(NestedPoint point, FactorBends bends, @Nullable NodeCurvature nodes) {
        this.nodes = nodes;
        this.point = point;
        this.rows = point.rows;
        this.mode = new ClusterMode(point);
        this.lambda = new LambdaBends(rows, bends);
        this.n = rows.n;
        this.p = rows.p;
        this.m = p + lambda.size();
        int most = rows.mostLeafRows();
        this.turned = new double[nodes == null ? 0 : most];
        this.squared = new double[turned.length];
        this.byTurned = new double[m];
        this.rootMoves = new double[m];
        this.uByNode = new double[m];
        this.centred = new double[m][nodes == null ? 0 : nodes.size];
        this.second = new double[most];
        this.third = new double[most];
        this.weight = new double[most];
        this.weightZ = new double[most];
        this.fourth = new double[most];
        this.bySecond = new double[m];
        this.byThird = new double[m];
        this.byWeight = new double[m];
        this.s = new double[m];
        this.u = new double[m];
        this.turn = new double[m];
        this.image = new double[m];
        this.pull = new double[m];
    }

    @Override
    public boolean add(int from, int to, double[] out) {
        base = rows.firstRow(from);
        int count = rows.firstRow(to) - base;
        for (int c = from; c < to; c++) {
            if (!mode.find(c)) {
                return false;
            }
        }
        if (!rows.family.fourthDerivatives(base, base + count, point.eta, point.phi, point.density, fourth)) {
            return false;
        }
        if (nodes != null && !nodes.read(from, to)) {
            return false;
        }
        double[] density = point.density;
        double[] z = rows.z;
        int at2 = 2 * n + base;
        int at3 = 3 * n + base;
        for (int i = 0; i < count; i++) {
            double own = z[base + i];
            second[i] = density[at2 + i] * own;
            third[i] = density[at3 + i] * (own * own);
        }
        for (int c = from; c < to; c++) {
            cluster(c, out);
        }
        rows.addFixed(base, count, weight, second, m, out);
        return true;
    }

    private void cluster(int c, double[] out) {
        int from = rows.firstRow(c) - base;
        int to = rows.firstRow(c + 1) - base;
        double root = point.curvature.root[0][c];
        double a = root * root;
        double l = point.lambda[0][0];
        double v = point.mode[0][c];
        double[] z = rows.z;
        double slope = 0;
        double square = 0;
        double cube = 0;
        for (int i = from; i < to; i++) {
            double own = z[base + i];
            slope += point.density[n + base + i] * own;
            square += second[i] * own;
            cube += third[i] * own;
        }
        double share = 1; // of the logarithm of the root
        double byMode = 0;
        if (nodes == null) {
            System.arraycopy(point.density, 2 * n + base + from, weight, from, to - from);
        } else {
            nodes.ofCluster(c, weight, turned, squared);
            share += root * nodes.byRoot;
            byMode = nodes.byMode;
        }
        double form = share * l * l * a;
        double lean = a * (l * (cube * form) + 2 * byMode);
        double plain = (nodes == null ? slope : 0) + (cube * form + square * l * lean) / 2;
        for (int j = 0; j < p; j++) {
            columns(j, from, to);
        }
        for (int j = 0; j < m; j++) {
            double own = own(j);
            double before = bySecond[j] + square * (own * v);
            s[j] = a * (l * before + own * slope);
            u[j] = own * v + l * s[j];
            pull[j] = before + square * l * s[j];
            turn[j] = (byThird[j] + cube * u[j]) * l;
            image[j] = (l * turn[j] + 2 * own * l * square) * a;
        }
        double squareZ = weights(from, to, form, l * lean);
        for (int j = 0; j < p; j++) {
            byWeight[j] = column(weightZ, j, from, to);
        }
        double bent = plain * v + slope * lean / 2 + share * square * l * a;
        double alone = nodes == null ? 1 : 0;
        for (int j = 0; j < m; j++) {
            double ownJ = own(j);
            for (int k = 0; k <= j; k++) {
                double sum = u[j] * (byWeight[k] + squareZ * u[k]) + u[k] * byWeight[j];
                sum += share * image[j] * image[k] / 2 - alone * s[j] * s[k];
                if (j >= p) {
                    sum += ownJ * (plain * s[k] + pull[k] * lean / 2 + share * turn[k] * a);
                }
                if (k >= p) {
                    double ownK = own(k);
                    sum += ownK * (plain * s[j] + pull[j] * lean / 2 + share * (turn[j] * a + square * ownJ * a));
                    double[] bend = lambda.second(j - p, k - p);
                    sum += bend.length == 0 ? 0 : bend[0] * bent;
                }
                out[j * m + k] += sum;
            }
        }
        if (nodes != null) {
            addNodes(c, nodes, out);
        }
    }

    /** What nodes add beside the weights of their rows: they move apart as the root does, and have probabilities. */
    private void addNodes(int c, NodeCurvature nodes, double[] out) {
        int from = rows.firstRow(c) - base;
        int to = rows.firstRow(c + 1) - base;
        double root = point.curvature.root[0][c];
        double l = point.lambda[0][0];
        double v = point.mode[0][c];
        double first = 0;
        double both = 0;
        for (int i = from; i < to; i++) {
            double own = rows.z[base + i];
            both += squared[i] * own * own;
            turned[i] *= own;
            first += turned[i] * own;
        }
        for (int j = 0; j < m; j++) {
            double own = own(j);
            rootMoves[j] = root * image[j] / 2;
            uByNode[j] = own * root + l * rootMoves[j];
            byTurned[j] = j < p ? column(turned, j, from, to) : 0;
            nodes.centred(c, j, own, s[j], rootMoves[j], centred[j]);
        }
        for (int j = 0; j < m; j++) {
            for (int k = 0; k <= j; k++) {
                double sum = uByNode[j] * (byTurned[k] + first * u[k]) + uByNode[k] * (byTurned[j] + first * u[j]);
                sum += both * uByNode[j] * uByNode[k];
                sum += own(j) * (nodes.slopes * s[k] + nodes.slopesByNode * rootMoves[k]);
                sum += own(k) * (nodes.slopes * s[j] + nodes.slopesByNode * rootMoves[j]);
                sum -= s[j] * s[k] + nodes.node * (s[j] * rootMoves[k] + rootMoves[j] * s[k]);
                sum -= nodes.nodeSquared * rootMoves[j] * rootMoves[k];
                sum += root * nodes.byRoot * image[j] * image[k] / 4;
                for (int q = 0; q < nodes.size; q++) {
                    sum += centred[j][q] * centred[k][q];
                }
                if (k >= p) {
                    double[] bend = lambda.second(j - p, k - p);
                    sum += bend.length == 0 ? 0 : bend[0] * (nodes.slopes * v + nodes.slopesByNode * root);
                }
                out[j * m + k] += sum;
            }
        }
    }

    private double own(int j) {
        return j < p ? 0 : lambda.first(j - p)[0];
    }

    private void columns(int j, int from, int to) {
        double[] x = rows.x;
        int at = j * n + base;
        double one = 0;
        double two = 0;
        for (int i = from; i < to; i++) {
            double own = x[at + i];
            one += second[i] * own;
            two += third[i] * own;
        }
        bySecond[j] = one;
        byThird[j] = two;
    }

    private double column(double[] w, int j, int from, int to) {
        double[] x = rows.x;
        int at = j * n + base;
        double one = 0;
        for (int i = from; i < to; i++) {
            one += w[i] * x[at + i];
        }
        return one;
    }

    /** Weights of the rows, theory (164); the sum of those of z². */
    private double weights(int from, int to, double form, double along) {
        double[] density = point.density;
        double out = 0;
        for (int i = from; i < to; i++) {
            double own = rows.z[base + i];
            double w = weight[i] + (fourth[i] * form * own + density[3 * n + base + i] * along) * own / 2;
            weight[i] = w;
            weightZ[i] = w * own;
            out += w * own * own;
        }
        return out;
    }
}
