package henderson.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundStructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The boundary by another road: where {@code SG = 0}, the curvature that a combinator gives says the same as the second
 * derivatives of its matrix along all directions in which the first one vanishes.
 */
class CombinatorBoundaryTest {
    private record Case(String name, BoundStructure bound, int positions) {}

    private static List<Case> cases() {
        int[][] early = {{0, 0}, {0, 1}, {1, 2}, {1, 3}};
        BoundStructure product =
                Bind.kronecker(Bind.pairs(Bind.grid(2, 2)), Bind.unstructured(2), Bind.exchangeable(2));
        return List.of(
                new Case("by(unstructured)", Bind.by(Bind.pairs(Bind.grid(2, 3)), Bind.unstructured(3)), 6),
                new Case("by(exchangeable)", Bind.by(Bind.pairs(Bind.grid(2, 3)), Bind.exchangeable(3)), 6),
                new Case("by(independent)", Bind.by(Bind.pairs(Bind.grid(3, 2)), Bind.independent(2)), 6),
                new Case("variances(identity)", Bind.variances(Bind.pairs(early), Bind.identity(4)), 4),
                new Case("variances(exchangeable)", Bind.variances(Bind.pairs(early), Bind.exchangeable(4)), 4),
                new Case("variances(unstructured * exchangeable)", Bind.variances(Bind.pairs(early), product), 4),
                new Case("unstructured * exchangeable", product, 4),
                new Case(
                        "unstructured * unstructured",
                        Bind.kronecker(Bind.pairs(Bind.grid(2, 3)), Bind.unstructured(2), Bind.unstructured(3)),
                        6),
                new Case(
                        "by(variances(unstructured * exchangeable))",
                        Bind.by(Bind.pairs(Bind.grid(2, 4)), Bind.variances(Bind.pairs(early), product)),
                        8));
    }

    /** Points on the way down the boundary, whatever order. */
    private static List<double[]> singular(BoundStructure bound, Random random) {
        List<double[]> out = new ArrayList<>();
        for (int walk = 0; walk < 6; walk++) {
            double[] tau =
                    bound.coordinates().stream().mapToDouble(c -> c.neutral()).toArray();
            for (int k = 0; k < tau.length; k++) {
                tau[k] += 0.4 * random.nextGaussian();
            }
            List<double[]> points = bound.boundaryPoints(tau);
            while (!points.isEmpty()) {
                tau = points.get(random.nextInt(points.size()));
                out.add(tau);
                points = bound.boundaryPoints(tau);
            }
        }
        return out;
    }

    @TestFactory
    Stream<DynamicTest> curvature_is_negative_exactly_where_second_derivatives_are() {
        return cases().stream()
                .map(c -> DynamicTest.dynamicTest(c.name, () -> {
                    Random random = new Random(3);
                    int negative = 0;
                    int positive = 0;
                    for (double[] tau : singular(c.bound, random)) {
                        for (int draw = 0; draw < 8; draw++) {
                            DMatrixRMaj score = score(c, tau, random, draw % 2 == 0);
                            double given =
                                    least(java.util.Objects.requireNonNull(c.bound.boundaryCurvature(tau, score)));
                            double derived = least(derived(c, tau, score));
                            assertThat(given < -1e-9)
                                    .as("%s against %s", given, derived)
                                    .isEqualTo(derived < -1e-9);
                            negative += given < -1e-9 ? 1 : 0;
                            positive += given > 1e-9 ? 1 : 0;
                            if (given < -1e-9) {
                                released(c, tau, score, given);
                            }
                        }
                    }
                    assertThat(negative).isPositive();
                    assertThat(positive).isPositive();
                }));
    }

    /** A release goes down by as much as the curvature says, from any score. */
    private static void released(Case c, double[] tau, DMatrixRMaj score, double least) {
        DMatrixRMaj before = matrix(c, tau);
        for (double t : new double[] {1e-1, 1e-3}) {
            double[] out = java.util.Objects.requireNonNull(c.bound.release(tau, score, t));
            DMatrixRMaj after = matrix(c, out);
            double change = 0;
            for (int i = 0; i < after.data.length; i++) {
                change += score.data[i] * (after.data[i] - before.data[i]);
            }
            assertThat(change).isCloseTo(t * least, within(1e-10));
        }
    }

    private static DMatrixRMaj matrix(Case c, double[] tau) {
        return c.bound.matrix(tau, all(c), new DMatrixRMaj(c.positions, c.positions));
    }

    private static int[] all(Case c) {
        return IntStream.range(0, c.positions).toArray();
    }

    /** {@code NWNᵀ}, N the null space of G: first derivatives of d vanish; W indefinite, or positive. */
    private static DMatrixRMaj score(Case c, double[] tau, Random random, boolean indefinite) {
        int n = c.positions;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        assertThat(eigen.decompose(matrix(c, tau))).isTrue();
        List<DMatrixRMaj> basis = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (Math.abs(eigen.getEigenvalue(i).real) < 1e-12) {
                basis.add(eigen.getEigenVector(i));
            }
        }
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        double[] v = new double[n];
        for (int term = 0; term < n + 2; term++) {
            java.util.Arrays.fill(v, 0);
            for (DMatrixRMaj b : basis) {
                double weight = random.nextGaussian();
                for (int i = 0; i < n; i++) {
                    v[i] += weight * b.data[i];
                }
            }
            double sign = indefinite && term % 2 == 0 ? -1 : 1;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    out.add(i, j, sign * v[i] * v[j]);
                }
            }
        }
        return out;
    }

    private static double least(DMatrixRMaj symmetric) {
        Combined.Least out = Combined.Least.of(symmetric);
        return out == null ? 0 : out.value();
    }

    /** {@code tr(S ∂²G)} over orthonormal directions in which {@code ∂G} vanishes. */
    private static DMatrixRMaj derived(Case c, double[] tau, DMatrixRMaj score) {
        int n = c.positions;
        int p = tau.length;
        DMatrixRMaj jacobian = new DMatrixRMaj(n * n, p);
        DMatrixRMaj d = new DMatrixRMaj(n, n);
        DMatrixRMaj full = new DMatrixRMaj(p, p);
        for (int k = 0; k < p; k++) {
            c.bound.derivative(tau, k, all(c), d);
            for (int i = 0; i < n * n; i++) {
                jacobian.set(i, k, d.data[i]);
            }
            for (int j = 0; j < p; j++) {
                c.bound.second(tau, j, k, all(c), d);
                for (int i = 0; i < n * n; i++) {
                    full.add(j, k, d.data[i] * score.data[i]);
                }
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(n * n, p, false, true, false);
        assertThat(svd.decompose(jacobian)).isTrue();
        DMatrixRMaj v = svd.getV(null, false);
        List<Integer> kept = new ArrayList<>();
        for (int k = 0; k < p; k++) {
            if (svd.getSingularValues()[k] < 1e-10) {
                kept.add(k);
            }
        }
        DMatrixRMaj basis = new DMatrixRMaj(p, kept.size());
        for (int k = 0; k < kept.size(); k++) {
            CommonOps_DDRM.insert(CommonOps_DDRM.extract(v, 0, p, kept.get(k), kept.get(k) + 1), basis, 0, k);
        }
        return Rank.curvature(basis, full);
    }

    @Test
    void the_level_of_least_curvature_is_released_and_the_other_stays() {
        BoundStructure bound = Bind.by(Bind.pairs(Bind.grid(2, 2)), Bind.unstructured(2));
        double[] tau = {1, 0.5, 0, 2, 1, 0};
        DMatrixRMaj score = new DMatrixRMaj(4, 4);
        score.set(0, 0, -1); // a0: null direction (0.5, −1)/√1.25
        score.set(1, 1, -10); // b0: null direction (1, −2)/√5
        assertThat(least(bound.boundaryCurvature(tau, score))).isCloseTo(-2, within(1e-14));
        double[] released = bound.release(tau, score, 0.01);
        assertThat(released).startsWith(1, 0.5, 0);
        assertThat(released[5]).isPositive();
    }

    @Test
    void variances_that_correlate_reach_zero_together_and_others_alone() {
        int[][] early = {{0, 0}, {1, 1}, {0, 2}};
        BoundStructure correlated = Bind.variances(Bind.pairs(early), SerialCorrelation.of(3));
        BoundStructure alone = Bind.variances(Bind.pairs(early), Bind.identity(3));
        assertThat(correlated.boundaryPoints(new double[] {2, 3, 0.4}))
                .singleElement()
                .satisfies(p -> assertThat(p).containsExactly(0, 0, 0.4));
        assertThat(alone.boundaryPoints(new double[] {2, 3})).containsExactly(new double[] {0, 3}, new double[] {2, 0});
        assertThat(correlated.free(new double[] {0, 3, 0.4})).containsOnly(true);
        assertThat(correlated.free(new double[] {0, 0, 0.4})).containsOnly(false);
        assertThat(alone.free(new double[] {0, 3})).containsExactly(false, true);
    }

    @Test
    void levels_that_are_alternatives_reach_zero_alone() {
        BoundStructure bound = Bind.variances(Bind.pairs(Bind.grid(2, 2)), Bind.unstructured(2));
        double[] tau = {2, 3, 0.4, 0.7};
        assertThat(bound.boundaryPoints(tau))
                .anySatisfy(p -> assertThat(p).containsExactly(0, 3, 0.4, 0.7))
                .anySatisfy(p -> assertThat(p).containsExactly(2, 0, 0.4, 0.7));
        double[] zero = {0, 3, 0.4, 0.7};
        assertThat(bound.free(zero)).containsExactly(false, true, true, true);
        // nothing between a and b, as where no group has both
        DMatrixRMaj score = new DMatrixRMaj(4, 4);
        score.set(0, 0, -1);
        score.set(2, 2, -2);
        assertThat(least(bound.boundaryCurvature(zero, score)))
                .isCloseTo(-1 - 2 * (0.4 * 0.4 + 0.7 * 0.7), within(1e-14));
        assertThat(bound.release(zero, score, 0.25)).containsExactly(new double[] {0.5, 3, 0.4, 0.7}, within(1e-15));
    }

    @Test
    void a_boundary_point_of_the_structure_within_leaves_the_scale_to_its_owner() {
        int[][] early = {{0, 0}, {1, 1}, {0, 2}};
        BoundStructure inner = Bind.unstructured(3);
        BoundStructure bound = Bind.variances(Bind.pairs(early), inner);
        double[] tau = {2, 3, 0.5, 0.8, 0.3, -0.4, 1e-5};
        double[] point = bound.boundaryPoints(tau).get(0);
        double[] full = {1, 0.5, 0.8, 0.3, -0.4, 1e-5};
        DMatrixRMaj expected =
                inner.matrix(inner.boundaryPoints(full).get(0), new int[] {0, 1, 2}, new DMatrixRMaj(3, 3));
        DMatrixRMaj found = bound.matrix(point, new int[] {0, 1, 2}, new DMatrixRMaj(3, 3));
        double[] s = {2, 3, 2};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(found.get(i, j)).isCloseTo(s[i] * s[j] * expected.get(i, j), within(1e-13));
            }
        }
        assertThat(bound.free(point)).containsExactly(true, true, true, true, true, true, false);
    }
}
