package henderson.optimizers;

/**
 * The inverse Hessian as its last few updates, applied by the recursion of two loops to {@code (sᵀy/yᵀy) I} of the newest:
 * memory and work grow with n, not with its square.
 */
final class LimitedInverse implements InverseHessian {
    private final int n;
    private final int memory;
    /** Steps, memory × n, overwritten in a circle. */
    private final double[][] s;
    /** Changes of the gradient, memory × n. */
    private final double[][] y;
    /** {@code sᵀy}, memory. */
    private final double[] sy;
    /** Coefficients of the first loop, memory. */
    private final double[] alpha;

    private int known;
    private int newest;

    LimitedInverse(int n, int memory) {
        this.n = n;
        this.memory = memory;
        this.s = new double[memory][n];
        this.y = new double[memory][n];
        this.sy = new double[memory];
        this.alpha = new double[memory];
    }

    @Override
    public void reset() {
        known = 0;
    }

    @Override
    public void direction(double[] g, double[] p) {
        for (int i = 0; i < n; i++) {
            p[i] = -g[i];
        }
        for (int age = 0; age < known; age++) {
            int k = index(age);
            alpha[k] = Search.dot(s[k], p) / sy[k];
            add(-alpha[k], y[k], p);
        }
        if (known > 0) {
            double scale = sy[newest] / Search.dot(y[newest], y[newest]);
            for (int i = 0; i < n; i++) {
                p[i] *= scale;
            }
        }
        for (int age = known - 1; age >= 0; age--) {
            int k = index(age);
            add(alpha[k] - Search.dot(y[k], p) / sy[k], s[k], p);
        }
    }

    private int index(int age) {
        return (newest - age + memory) % memory;
    }

    private static void add(double factor, double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * from[i];
        }
    }

    @Override
    public void update(double[] newS, double[] newY, double product) {
        newest = (newest + 1) % memory;
        known = Math.min(known + 1, memory);
        System.arraycopy(newS, 0, s[newest], 0, n);
        System.arraycopy(newY, 0, y[newest], 0, n);
        sy[newest] = product;
    }

    @Override
    public int learned() {
        return Math.min(n, memory);
    }
}
