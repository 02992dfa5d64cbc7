package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.structures.Unstructured;
import henderson.testkit.Design;
import henderson.testkit.RandomDesigns;
import henderson.testkit.RandomDesigns.Arrangement;
import henderson.testkit.RandomDesigns.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expected sums of an E-step against the dense conditional distribution of all effects (and, under REML, of β). */
class ExpectationsTest {
    static Stream<Design> designs() {
        List<Design> out = new ArrayList<>();
        for (Arrangement arrangement : Arrangement.values()) {
            for (Options options : List.of(Options.PLAIN, new Options(true, true, 1))) {
                out.add(RandomDesigns.draw(arrangement, options, 3, 900 + out.size()));
            }
        }
        return out.stream();
    }

    /** {@code E[vvᵀ]/σ̂²}, {@code E‖e‖²/σ̂²} and Z̃, all dense. */
    private static final class Dense {
        private final DMatrixRMaj z;
        private final DMatrixRMaj second;
        private final double residual;
        private final int[] first;

        Dense(Design d, Criterion criterion, double sigma2) {
            int n = d.rows();
            first = new int[d.terms().size() + 1];
            for (int t = 0; t < d.terms().size(); t++) {
                first[t + 1] =
                        first[t] + d.terms().get(t).levels() * d.terms().get(t).columns();
            }
            int m = first[d.terms().size()];
            int p = d.x()[0].length;
            z = new DMatrixRMaj(n, m);
            DMatrixRMaj u = new DMatrixRMaj(n, m + p); // [ZΛ X]
            DMatrixRMaj y = new DMatrixRMaj(n, 1);
            for (int i = 0; i < n; i++) {
                double w = d.weights() == null ? 1 : Math.sqrt(d.weights()[i]);
                y.set(i, 0, w * d.y()[i]);
                for (int j = 0; j < p; j++) {
                    u.set(i, m + j, w * d.x()[i][j]);
                }
                for (int t = 0; t < d.terms().size(); t++) {
                    Design.TermData term = d.terms().get(t);
                    int q = term.columns();
                    for (int a = 0; a < q; a++) {
                        int column = first[t] + term.level()[i] * q + a;
                        z.set(i, column, w * term.z()[i][a]);
                        for (int b = 0; b < q; b++) {
                            u.add(i, first[t] + term.level()[i] * q + b, w * term.z()[i][a] * term.lambda()[a][b]);
                        }
                    }
                }
            }
            DMatrixRMaj h = new DMatrixRMaj(m + p, m + p);
            CommonOps_DDRM.multTransA(u, u, h);
            for (int i = 0; i < m; i++) {
                h.add(i, i, 1);
            }
            DMatrixRMaj joint = h.copy();
            CommonOps_DDRM.invert(joint);
            DMatrixRMaj uy = new DMatrixRMaj(m + p, 1);
            CommonOps_DDRM.multTransA(u, y, uy);
            DMatrixRMaj mean = new DMatrixRMaj(m + p, 1);
            CommonOps_DDRM.mult(joint, uy, mean);
            DMatrixRMaj variance = joint;
            if (criterion == Criterion.ML) { // β is known to be what it is estimated to be
                DMatrixRMaj block = CommonOps_DDRM.extract(h, 0, m, 0, m);
                CommonOps_DDRM.invert(block);
                variance = new DMatrixRMaj(m + p, m + p);
                CommonOps_DDRM.insert(block, variance, 0, 0);
            }
            second = variance.copy();
            CommonOps_DDRM.multAddTransB(1 / sigma2, mean, mean, second);
            DMatrixRMaj e = y.copy();
            CommonOps_DDRM.multAdd(-1, u, mean, e);
            DMatrixRMaj uv = new DMatrixRMaj(n, m + p);
            CommonOps_DDRM.mult(u, variance, uv);
            double sum = CommonOps_DDRM.dot(e, e) / sigma2;
            for (int i = 0; i < n * (m + p); i++) {
                sum += uv.data[i] * u.data[i];
            }
            residual = sum;
        }
    }

    @ParameterizedTest
    @MethodSource("designs")
    void sums_and_curvature_equal_the_dense_ones(Design design) {
        for (Criterion criterion : Criterion.values()) {
            LinearEquations equations =
                    LinearEquations.of(design.model(new Unstructured()).build(), FitListener.SILENT);
            Evaluation evaluation = new Evaluation(equations, criterion, new SequentialClusters());
            evaluation.value(design.terms().stream()
                    .map(t -> new DMatrixRMaj(t.lambda()))
                    .toArray(DMatrixRMaj[]::new));
            Score score = new Score(evaluation);
            score.update();
            Expectations expectations = new Expectations(score);
            expectations.update();
            double sigma2 = evaluation.sigma2();
            Dense dense = new Dense(design, criterion, sigma2);
            for (int t = 0; t < design.terms().size(); t++) {
                DMatrixRMaj expected = sum(design, dense, t);
                for (int i = 0; i < expected.getNumElements(); i++) {
                    double got = expectations.squares(t).data[i] / sigma2 + expectations.variances(t).data[i];
                    // well-conditioned designs of at most 48 rows
                    assertThat(got).as("term %d", t).isCloseTo(expected.data[i], within(1e-9 * (1 + Math.abs(got))));
                }
                assertThat(expectations.levels(t))
                        .isEqualTo(design.terms().get(t).levels());
            }
            double residual = expectations.residual() / sigma2 + expectations.residualVariance();
            assertThat(residual).as("residuals").isCloseTo(dense.residual, within(1e-9 * (1 + residual)));
            curvature(design, dense, expectations);
        }
    }

    private static DMatrixRMaj sum(Design design, Dense dense, int t) {
        int q = design.terms().get(t).columns();
        DMatrixRMaj out = new DMatrixRMaj(q, q);
        for (int level = 0; level < design.terms().get(t).levels(); level++) {
            int at = dense.first[t] + level * q;
            CommonOps_DDRM.addEquals(out, CommonOps_DDRM.extract(dense.second, at, at + q, at, at + q));
        }
        return out;
    }

    /** {@code tr(J_jᵀZ̃ᵀZ̃J_k E[vvᵀ])} for random directions J. */
    private static void curvature(Design design, Dense dense, Expectations expectations) {
        int terms = design.terms().size();
        int m = dense.z.numCols;
        Random random = new Random(5);
        int[] termOf = new int[2 * terms];
        DMatrixRMaj[] small = new DMatrixRMaj[2 * terms];
        DMatrixRMaj[] zj = new DMatrixRMaj[2 * terms];
        for (int k = 0; k < small.length; k++) {
            int t = k / 2;
            int q = design.terms().get(t).columns();
            termOf[k] = t;
            small[k] = new DMatrixRMaj(q, q);
            for (int i = 0; i < q * q; i++) {
                small[k].data[i] = random.nextGaussian();
            }
            DMatrixRMaj large = new DMatrixRMaj(m, m);
            for (int at = dense.first[t]; at < dense.first[t + 1]; at += q) {
                CommonOps_DDRM.insert(small[k], large, at, at);
            }
            zj[k] = new DMatrixRMaj(design.rows(), m);
            CommonOps_DDRM.mult(dense.z, large, zj[k]);
        }
        DMatrixRMaj second = CommonOps_DDRM.extract(dense.second, 0, m, 0, m);
        DMatrixRMaj got = new DMatrixRMaj(small.length, small.length);
        expectations.curvature(termOf, small, got);
        for (int j = 0; j < small.length; j++) {
            DMatrixRMaj product = new DMatrixRMaj(design.rows(), m);
            CommonOps_DDRM.mult(zj[j], second, product);
            for (int k = 0; k < small.length; k++) {
                double expected = 0;
                for (int i = 0; i < product.getNumElements(); i++) {
                    expected += product.data[i] * zj[k].data[i];
                }
                double scale = Math.sqrt(got.get(j, j) * got.get(k, k));
                assertThat(got.get(j, k)).as("%d, %d", j, k).isCloseTo(expected, within(1e-9 * (1 + scale)));
            }
        }
    }
}
