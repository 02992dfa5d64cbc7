package henderson.equations;

/** Inner products of {@code Z̃EZ̃ᵀ} for symmetric matrices E of the factors of a nested model. */
final class NestedGram {
    private final NestedSums sums;
    /** Σ A ⊗ A of each factor, entries of upper triangles; and Σ edge ⊗ edge. */
    private final double[] inner;

    private final double[] outer;
    private final double[] cross;

    NestedGram(NestedSums sums) {
        this.sums = sums;
        this.inner = squares(sums.inner().a());
        this.outer = sums.outer() == null ? inner : squares(sums.outer().a());
        this.cross = squares(sums.inner().edge());
    }

    private static double[] squares(double[][] a) {
        double[] out = new double[a.length * a.length];
        double[] lanes = new double[Lanes.WIDTH];
        int nodes = a.length == 0 ? 0 : a[0].length;
        for (int i = 0; i < a.length; i++) {
            for (int j = i; j < a.length; j++) {
                java.util.Arrays.fill(lanes, 0);
                for (int from = 0; from < nodes; from += lanes.length) {
                    Lanes.addProduct(lanes, a[i], a[j], from, Math.min(lanes.length, nodes - from));
                }
                out[i * a.length + j] = Lanes.sum(lanes, lanes.length);
                out[j * a.length + i] = out[i * a.length + j];
            }
        }
        return out;
    }

    /** {@code tr(Z̃EZ̃ᵀ)}. */
    static double inner(NestedSums.Level level, double[] e) {
        double sum = 0;
        for (int i = 0; i < level.q(); i++) {
            for (int j = 0; j < level.q(); j++) {
                double[] a = level.a()[NestedSums.Level.entry(i, j, level.q())];
                sum += e[i * level.q() + j] * Lanes.sum(a, a.length);
            }
        }
        return sum;
    }

    /** {@code ⟨Z̃EZ̃ᵀ, Z̃DZ̃ᵀ⟩}, E of factor f and D of factor g. */
    double form(int f, double[] e, int g, double[] d) {
        if (f != g) {
            return f == sums.inner().factor() ? crossed(e, d) : crossed(d, e);
        }
        NestedSums.Level level = sums.level(f);
        double[] squares = f == sums.inner().factor() ? inner : outer;
        int q = level.q();
        int pairs = level.a().length;
        double sum = 0;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                for (int k = 0; k < q; k++) {
                    for (int l = 0; l < q; l++) {
                        int a = NestedSums.Level.entry(i, j, q) * pairs + NestedSums.Level.entry(k, l, q);
                        sum += squares[a] * e[j * q + k] * d[l * q + i];
                    }
                }
            }
        }
        return sum;
    }

    private double crossed(double[] e, double[] d) {
        int q = sums.inner().q();
        int r = sums.inner().edge().length / q;
        double sum = 0;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                for (int k = 0; k < r; k++) {
                    for (int l = 0; l < r; l++) {
                        sum += cross[(i * r + k) * q * r + j * r + l] * e[i * q + j] * d[k * r + l];
                    }
                }
            }
        }
        return sum;
    }
}
