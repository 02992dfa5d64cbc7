package henderson.testkit;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/** Functions whose minimum is known. */
public final class TestFunctions {
    private TestFunctions() {}

    /** {@code ½(x − m)ᵀA(x − m) − 5}, A positive definite of the given condition in a random basis, {@code m = 1, 2, …}. */
    public static TestFunction quadratic(int n, double condition, long seed) {
        DMatrixRMaj a = matrix(n, condition, seed);
        return new TestFunction(n) {
            @Override
            protected double f(double[] x) {
                double sum = -5;
                double[] g = new double[n];
                g(x, g);
                for (int i = 0; i < n; i++) {
                    sum += 0.5 * g[i] * (x[i] - i - 1);
                }
                return sum;
            }

            @Override
            protected void g(double[] x, double[] g) {
                for (int i = 0; i < n; i++) {
                    g[i] = 0;
                    for (int j = 0; j < n; j++) {
                        g[i] += a.get(i, j) * (x[j] - j - 1);
                    }
                }
            }

            @Override
            protected void h(double[] x, DMatrixRMaj h) {
                h.setTo(a);
            }
        };
    }

    /** {@code PᵀDP}: D from 1 to the condition, P a product of random reflections. */
    private static DMatrixRMaj matrix(int n, double condition, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            a.set(i, i, n == 1 ? condition : Math.pow(condition, (double) i / (n - 1)));
        }
        for (int r = 0; r < n && n > 1; r++) {
            DMatrixRMaj v = new DMatrixRMaj(n, 1);
            for (int i = 0; i < n; i++) {
                v.data[i] = random.nextGaussian();
            }
            DMatrixRMaj reflection = Small.times(v, Small.transposed(v));
            DMatrixRMaj one = new DMatrixRMaj(n, n);
            for (int i = 0; i < n; i++) {
                one.set(i, i, 1);
            }
            DMatrixRMaj p = Small.combine(1, one, -2 / Small.inner(v, v), reflection);
            a = Small.times(Small.times(p, a), p);
        }
        return Small.combine(0.5, a, 0.5, Small.transposed(a));
    }

    /** {@code Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²}, least at 1, …, 1; n ≥ 2. */
    public static TestFunction rosenbrock(int n) {
        return new TestFunction(n) {
            @Override
            protected double f(double[] x) {
                double sum = 0;
                for (int i = 0; i + 1 < n; i++) {
                    double a = x[i + 1] - x[i] * x[i];
                    sum += 100 * a * a + (1 - x[i]) * (1 - x[i]);
                }
                return sum;
            }

            @Override
            protected void g(double[] x, double[] g) {
                java.util.Arrays.fill(g, 0);
                for (int i = 0; i + 1 < n; i++) {
                    double a = x[i + 1] - x[i] * x[i];
                    g[i] -= 400 * x[i] * a + 2 * (1 - x[i]);
                    g[i + 1] += 200 * a;
                }
            }
        };
    }

    /** {@code log cosh(x − 3)}: in one dimension, least at 3; a full Newton step from afar goes too far. */
    public static TestFunction logCosh() {
        return new TestFunction(1) {
            @Override
            protected double f(double[] x) {
                double a = Math.abs(x[0] - 3);
                return a + Math.log1p(Math.exp(-2 * a)) - Math.log(2);
            }

            @Override
            protected void g(double[] x, double[] g) {
                g[0] = Math.tanh(x[0] - 3);
            }
        };
    }

    /** {@code x − log x} with a second coordinate {@code (y − 2)²}: NaN where {@code x ≤ 0}, least at (1, 2). */
    public static TestFunction halfPlane() {
        return new TestFunction(2) {
            @Override
            protected double f(double[] x) {
                double y = x[1] - 2;
                return x[0] <= 0 ? Double.NaN : x[0] - Math.log(x[0]) + y * y;
            }

            @Override
            protected void g(double[] x, double[] g) {
                g[0] = x[0] <= 0 ? Double.NaN : 1 - 1 / x[0];
                g[1] = 2 * (x[1] - 2);
            }
        };
    }

    /** {@code (x + y + z − 1)² + 4}: two directions are flat. */
    public static TestFunction flat() {
        return new TestFunction(3) {
            @Override
            protected double f(double[] x) {
                double a = x[0] + x[1] + x[2] - 1;
                return a * a + 4;
            }

            @Override
            protected void g(double[] x, double[] g) {
                java.util.Arrays.fill(g, 2 * (x[0] + x[1] + x[2] - 1));
            }
        };
    }

    /** {@code (x + 1)² + (y + 1)²} on {@code x ≥ ½}: least at (½, −1). */
    public static TestFunction bounded() {
        return new TestFunction(2) {
            @Override
            public double lower(int k) {
                return k == 0 ? 0.5 : Double.NEGATIVE_INFINITY;
            }

            @Override
            protected double f(double[] x) {
                if (x[0] < 0.5) {
                    throw new IllegalArgumentException("Out of bounds: " + x[0]);
                }
                return (x[0] + 1) * (x[0] + 1) + (x[1] + 1) * (x[1] + 1);
            }

            @Override
            protected void g(double[] x, double[] g) {
                g[0] = 2 * (x[0] + 1);
                g[1] = 2 * (x[1] + 1);
            }
        };
    }

    /** A quadratic that offers its value and nothing else. */
    public static TestFunction withoutGradient() {
        return new TestFunction(2) {
            @Override
            protected double f(double[] x) {
                return (x[0] - 1) * (x[0] - 1) + (x[1] - 2) * (x[1] - 2);
            }

            @Override
            protected void g(double[] x, double[] g) {
                throw new AssertionError("Not offered.");
            }

            @Override
            public boolean differentiable() {
                return false;
            }
        };
    }
}
