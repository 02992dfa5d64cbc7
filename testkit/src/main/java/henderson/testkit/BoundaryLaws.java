package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Laws of boundary points, of what stays free there, and of leaving them. */
public interface BoundaryLaws extends StructureDraws {
    /** Everything is free inside. */
    @TestFactory
    default Stream<DynamicTest> all_coordinates_are_free_in_the_interior() {
        return forEachDraw(d -> assertThat(d.bound().free(d.tau())).containsOnly(true));
    }

    /**
     * One more parameter on its boundary each time, until the matrix is zero. The rank may stay: a mixture at its end, or a
     * correlation that has only one position, is on its boundary though the matrix is as regular as before.
     */
    @TestFactory
    default Stream<DynamicTest> boundary_points_hold_more_coordinates_until_the_matrix_is_zero() {
        return forEachDraw(d -> {
            double[] tau = d.tau();
            for (int step = 0; step < d.parameters(); step++) {
                List<double[]> points = d.bound().boundaryPoints(tau);
                if (points.isEmpty()) {
                    break;
                }
                int rank = rank(d.matrix(tau));
                for (double[] point : points) {
                    assertThat(point).hasSize(d.parameters());
                    assertThat(Small.hasNaN(d.matrix(point))).isFalse();
                    assertThat(rank(d.matrix(point))).isLessThanOrEqualTo(rank);
                    assertThat(free(d, point)).isLessThan(free(d, tau));
                }
                tau = points.get(0);
            }
            assertThat(d.bound().boundaryPoints(tau)).isEmpty();
            assertThat(Small.largest(d.matrix(tau))).isZero();
        });
    }

    private static int rank(DMatrixRMaj g) {
        return Small.largest(g) == 0 ? 0 : Small.rank(g);
    }

    private static int free(Draw d, double[] tau) {
        int out = 0;
        for (boolean f : d.bound().free(tau)) {
            out += f ? 1 : 0;
        }
        return out;
    }

    /** The points one meets on the way down the boundary. */
    private static List<double[]> onBoundary(Draw d) {
        List<double[]> out = new ArrayList<>();
        double[] tau = d.tau();
        List<double[]> points = d.bound().boundaryPoints(tau);
        while (!points.isEmpty() && out.size() < 20) {
            out.addAll(points);
            points = d.bound().boundaryPoints(points.get(0));
        }
        return out;
    }

    /** Free coordinates move along the boundary. */
    @TestFactory
    default Stream<DynamicTest> free_coordinates_keep_the_rank() {
        return forEachDraw(d -> {
            for (double[] point : onBoundary(d)) {
                int rank = Small.rank(d.matrix(point));
                boolean[] free = d.bound().free(point);
                double[] moved = point.clone();
                for (int k = 0; k < moved.length; k++) {
                    moved[k] += free[k] ? 0.01 * d.random().nextGaussian() : 0;
                }
                assertThat(Small.rank(d.matrix(moved))).isLessThanOrEqualTo(rank);
            }
        });
    }

    /** … and reach all that the matrix can do to first order, each in its own way. */
    @TestFactory
    default Stream<DynamicTest> free_coordinates_span_the_first_order_changes_without_redundancy() {
        return forEachDraw(d -> {
            for (double[] point : onBoundary(d)) {
                List<DMatrixRMaj> all = new ArrayList<>();
                List<DMatrixRMaj> free = new ArrayList<>();
                boolean[] isFree = d.bound().free(point);
                for (int k = 0; k < point.length; k++) {
                    DMatrixRMaj change = d.derivative(point, k);
                    if (Small.largest(change) > 0) {
                        all.add(change);
                        if (isFree[k]) {
                            free.add(change);
                        }
                    }
                }
                int rank = rankOfSpan(free);
                assertThat(rank).as("redundant free coordinates").isEqualTo(free.size());
                assertThat(rankOfSpan(all))
                        .as("changes that no free coordinate makes")
                        .isEqualTo(rank);
            }
        });
    }

    private static int rankOfSpan(List<DMatrixRMaj> span) {
        DMatrixRMaj gram = new DMatrixRMaj(span.size(), span.size());
        for (int i = 0; i < span.size(); i++) {
            for (int j = 0; j < span.size(); j++) {
                double size = Math.sqrt(Small.inner(span.get(i), span.get(i)) * Small.inner(span.get(j), span.get(j)));
                gram.set(i, j, Small.inner(span.get(i), span.get(j)) / size);
            }
        }
        return Small.rank(gram);
    }

    /** The curvature belongs to the directions without first derivative. */
    @TestFactory
    default Stream<DynamicTest> boundary_curvature_is_symmetric_and_empty_in_the_interior() {
        return forEachDraw(d -> {
            DMatrixRMaj score = score(d);
            DMatrixRMaj inside = d.bound().boundaryCurvature(d.tau(), score);
            if (inside != null) {
                assertThat(inside.numRows).isZero();
            }
            for (double[] point : onBoundary(d)) {
                DMatrixRMaj curvature = d.bound().boundaryCurvature(point, score);
                if (curvature != null) {
                    assertThat(curvature.numRows).isEqualTo(curvature.numCols).isPositive();
                    assertThat(Small.largestDifference(curvature, Small.transposed(curvature)))
                            .isLessThan(1e-14 * d.size() * Small.largest(score));
                }
            }
        });
    }

    /** Symmetric and negative definite: every way off the boundary goes down. */
    private static DMatrixRMaj score(Draw d) {
        return Small.combine(
                -1, Small.gram(d.random(), d.size(), d.size() + 2), 0, new DMatrixRMaj(d.size(), d.size()));
    }

    /** A release raises the rank, moves G by order t, and changes {@code tr(SG)} by t times the least curvature. */
    @TestFactory
    default Stream<DynamicTest> release_leaves_the_boundary_along_the_least_curvature() {
        return forEachDraw(d -> {
            DMatrixRMaj score = score(d);
            for (double[] point : onBoundary(d)) {
                DMatrixRMaj curvature = d.bound().boundaryCurvature(point, score);
                DMatrixRMaj g = d.matrix(point);
                for (double t : new double[] {1e-2, 1e-4, 1e-6}) {
                    double[] released = d.bound().release(point, score, t);
                    if (released == null || curvature == null) {
                        continue;
                    }
                    DMatrixRMaj moved = d.matrix(released);
                    assertThat(Small.rank(moved)).isGreaterThan(rank(g));
                    double gain = Small.inner(score, Small.combine(1, moved, -1, g));
                    double least = SymmetricEigen.of(curvature).values()[0];
                    // rounding of G, seen through S
                    double rounding = 1e-13 * d.size() * Small.largest(score) * Math.max(t, Small.largest(g));
                    assertThat(gain).isCloseTo(t * least, within(rounding));
                }
            }
        });
    }
}
