package henderson.equations.generalized;

/** What {@link LaplaceHessian} computes, letters and all, for one random effect per cluster. */
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
    private int base;

    ScalarHessian(NestedPoint point, FactorBends bends) {
        this.point = point;
        this.rows = point.rows;
        this.mode = new ClusterMode(point);
        this.lambda = new LambdaBends(rows, bends);
        this.n = rows.n;
        this.p = rows.p;
        this.m = p + lambda.size();
        int most = rows.mostLeafRows();
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
        for (int j = 0; j < p; j++) {
            int column = j * n + base;
            for (int i = 0; i < count; i++) {
                second[i] = weight[i] * rows.x[column + i];
            }
            for (int k = 0; k <= j; k++) {
                out[j * m + k] += rows.product(k, base, count, second);
            }
        }
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
        double form = l * l * a;
        double lean = a * l * (cube * form);
        double plain = slope + (cube * form + square * l * lean) / 2;
        for (int j = 0; j < p; j++) {
            columns(j, from, to);
        }
        for (int j = 0; j < m; j++) {
            double own = j < p ? 0 : lambda.first(j - p)[0];
            double before = bySecond[j] + square * (own * v);
            s[j] = a * (l * before + own * slope);
            u[j] = own * v + l * s[j];
            pull[j] = before + square * l * s[j];
            turn[j] = (byThird[j] + cube * u[j]) * l;
            image[j] = (l * turn[j] + 2 * own * l * square) * a;
        }
        double squareZ = weights(from, to, form, l * lean);
        for (int j = 0; j < p; j++) {
            byWeight[j] = column(j, from, to);
        }
        double bent = plain * v + slope * lean / 2 + square * l * a;
        for (int j = 0; j < m; j++) {
            double ownJ = j < p ? 0 : lambda.first(j - p)[0];
            for (int k = 0; k <= j; k++) {
                double sum = u[j] * (byWeight[k] + squareZ * u[k]) + u[k] * byWeight[j];
                sum += image[j] * image[k] / 2 - s[j] * s[k];
                if (j >= p) {
                    sum += ownJ * (plain * s[k] + pull[k] * lean / 2 + turn[k] * a);
                }
                if (k >= p) {
                    double ownK = lambda.first(k - p)[0];
                    sum += ownK * (plain * s[j] + pull[j] * lean / 2 + turn[j] * a + square * ownJ * a);
                    double[] bend = lambda.second(j - p, k - p);
                    sum += bend.length == 0 ? 0 : bend[0] * bent;
                }
                out[j * m + k] += sum;
            }
        }
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

    private double column(int j, int from, int to) {
        double[] x = rows.x;
        int at = j * n + base;
        double one = 0;
        for (int i = from; i < to; i++) {
            one += weightZ[i] * x[at + i];
        }
        return one;
    }

    /** Weights of the rows, theory (164); the sum of those of z². */
    private double weights(int from, int to, double form, double along) {
        double[] density = point.density;
        double out = 0;
        for (int i = from; i < to; i++) {
            double own = rows.z[base + i];
            double w = density[2 * n + base + i]
                    + (fourth[i] * form * own + density[3 * n + base + i] * along) * own / 2;
            weight[i] = w;
            weightZ[i] = w * own;
            out += w * own * own;
        }
        return out;
    }
}
