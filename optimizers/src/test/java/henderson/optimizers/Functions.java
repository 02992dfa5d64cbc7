package henderson.optimizers;

import henderson.testkit.TestFunction;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Functions that are hard for a Newton method. */
final class Functions {
    private Functions() {}

    /** Beale: least at (3, ½), steep walls and a long valley. */
    static TestFunction beale() {
        double[] c = {1.5, 2.25, 2.625};
        return new TestFunction(2) {
            @Override
            protected double f(double[] x) {
                double sum = 0;
                for (int i = 0; i < 3; i++) {
                    double r = c[i] - x[0] * (1 - Math.pow(x[1], i + 1));
                    sum += r * r;
                }
                return sum;
            }

            @Override
            protected void g(double[] x, double[] g) {
                g[0] = 0;
                g[1] = 0;
                for (int i = 0; i < 3; i++) {
                    double r = c[i] - x[0] * (1 - Math.pow(x[1], i + 1));
                    g[0] -= 2 * r * (1 - Math.pow(x[1], i + 1));
                    g[1] += 2 * r * x[0] * (i + 1) * Math.pow(x[1], i);
                }
            }
        };
    }

    /** {@code ½x² + ¼y⁴ − ½y²}: a saddle at the origin, least at (0, ±1) with −¼. */
    static TestFunction saddle() {
        return new TestFunction(2) {
            @Override
            protected double f(double[] x) {
                double yy = x[1] * x[1];
                return 0.5 * x[0] * x[0] + 0.25 * yy * yy - 0.5 * yy;
            }

            @Override
            protected void g(double[] x, double[] g) {
                g[0] = x[0];
                g[1] = x[1] * x[1] * x[1] - x[1];
            }
        };
    }

    /** {@code (x² − 1)²}. */
    static TestFunction doubleWell() {
        return new TestFunction(1) {
            @Override
            protected double f(double[] x) {
                double a = x[0] * x[0] - 1;
                return a * a;
            }

            @Override
            protected void g(double[] x, double[] g) {
                g[0] = 4 * x[0] * (x[0] * x[0] - 1);
            }
        };
    }

    /** {@code n log(1 + θ²) + s/(1 + θ²)}: a variance as the likelihood sees it; least at {@code θ² = max(0, s/n − 1)}. */
    static TestFunction variance(double n, double s) {
        return new TestFunction(1) {
            @Override
            protected double f(double[] x) {
                double v = 1 + x[0] * x[0];
                return n * Math.log(v) + s / v;
            }

            @Override
            protected void g(double[] x, double[] g) {
                double v = 1 + x[0] * x[0];
                g[0] = (n / v - s / (v * v)) * 2 * x[0];
            }
        };
    }

    /** Two of them, some with their best at zero. */
    static TestFunction variances(long seed) {
        Random random = new Random(seed);
        TestFunction[] parts = new TestFunction[2];
        for (int k = 0; k < 2; k++) {
            parts[k] = variance(10, 40 * random.nextDouble());
        }
        return new TestFunction(2) {
            @Override
            protected double f(double[] x) {
                return parts[0].value(new double[] {x[0]}) + parts[1].value(new double[] {x[1]});
            }

            @Override
            protected void g(double[] x, double[] g) {
                double[] one = new double[1];
                for (int k = 0; k < 2; k++) {
                    parts[k].value(new double[] {x[k]});
                    parts[k].gradient(one);
                    g[k] = one[0];
                }
            }
        };
    }

    /** A function that passes value and derivatives on. */
    private static class Wrapped extends TestFunction {
        private final TestFunction inner;

        Wrapped(TestFunction inner) {
            super(inner.dimension());
            this.inner = inner;
        }

        @Override
        protected double f(double[] x) {
            return inner.value(x);
        }

        @Override
        protected void g(double[] x, double[] g) {
            inner.value(x);
            inner.gradient(g);
        }

        @Override
        protected void h(double[] x, DMatrixRMaj h) {
            inner.value(x);
            inner.hessian(h);
        }
    }

    static TestFunction plus(double constant, TestFunction f) {
        return new Wrapped(f) {
            @Override
            protected double f(double[] x) {
                return constant + super.f(x);
            }
        };
    }

    /** With {@code factor} times the Hessian as step matrix. */
    static TestFunction withInformation(TestFunction f, double factor) {
        return new Wrapped(f) {
            @Override
            public boolean information(DMatrixRMaj out) {
                boolean offered = super.hessian(out);
                CommonOps_DDRM.scale(factor, out);
                return offered;
            }
        };
    }

    static TestFunction onlyInformation(TestFunction f, double factor) {
        return new Wrapped(f) {
            @Override
            public boolean hessian(DMatrixRMaj out) {
                return false;
            }

            @Override
            public boolean information(DMatrixRMaj out) {
                super.hessian(out);
                CommonOps_DDRM.scale(factor, out);
                return true;
            }
        };
    }

    static TestFunction onlyGradient(TestFunction f) {
        return new Wrapped(f) {
            @Override
            public boolean hessian(DMatrixRMaj out) {
                return false;
            }

            @Override
            public boolean information(DMatrixRMaj out) {
                return false;
            }
        };
    }
}
