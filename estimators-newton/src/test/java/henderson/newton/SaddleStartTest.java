package henderson.newton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Moments;
import henderson.api.Positions;
import henderson.structures.Independent;
import henderson.testkit.InMemoryModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** A search that starts where the gradient is zero and nothing is least. */
class SaddleStartTest {
    /** A variance for each column, as {@code independent} has; the search starts with some at zero. */
    private record Zeros(boolean known, int zeros) implements CovarianceStructure {
        @Override
        public String name() {
            return "zeros";
        }

        @Override
        public BoundStructure bind(Arguments arguments, Positions positions) {
            int q = positions.size();
            List<Coordinate> coordinates = new ArrayList<>();
            for (int i = 0; i < q; i++) {
                Coordinate c = Coordinate.variance("sd" + i, i);
                double[] snaps = known ? c.snaps() : new double[0];
                coordinates.add(new Coordinate(c.name(), true, 1, snaps, c.natural(), c.value()));
            }
            return new BoundStructure() {
                @Override
                public List<Coordinate> coordinates() {
                    return coordinates;
                }

                @Override
                public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
                    for (int i = 0; i < at.length; i++) {
                        for (int j = 0; j < at.length; j++) {
                            out.set(i, j, at[i] == at[j] ? tau[at[i]] * tau[at[i]] : 0);
                        }
                    }
                    return out;
                }

                @Override
                public double[] start(List<Moments> moments) {
                    return IntStream.range(0, q)
                            .mapToDouble(i -> i < q - zeros ? 1 : 0)
                            .toArray();
                }
            };
        }
    }

    private static InMemoryModel model(CovarianceStructure kind) {
        Random random = new Random(5);
        int n = 240;
        double[] y = new double[n];
        double[][] x = new double[n][];
        double[][] z = new double[n][];
        int[] level = new int[n];
        double[][] b = new double[24][];
        for (int g = 0; g < b.length; g++) {
            b[g] = new double[] {random.nextGaussian(), 2 * random.nextGaussian()};
        }
        for (int i = 0; i < n; i++) {
            level[i] = i / 10;
            x[i] = new double[] {1, random.nextGaussian()};
            z[i] = x[i].clone();
            y[i] = 1 + x[i][1] + b[level[i]][0] + b[level[i]][1] * x[i][1] + random.nextGaussian();
        }
        return InMemoryModel.builder(y, x).term("g", level, z, kind).build();
    }

    private static Fit fit(CovarianceStructure kind) {
        return new Newton().fit(model(kind), FitOptions.DEFAULT, Context.plain());
    }

    private static void endsWhereIndependentDoes(CovarianceStructure kind) {
        Fit best = fit(new Independent());
        Fit fit = fit(kind);
        assertThat(fit.convergence().status())
                .as("%s %s", fit.convergence(), fit.certificate())
                .isEqualTo("converged");
        // both at a decrement of 1e-12
        assertThat(fit.deviance()).isCloseTo(best.deviance(), within(1e-9));
    }

    @Test
    void search_leaves_a_boundary_that_is_a_saddle_point() {
        endsWhereIndependentDoes(new Zeros(true, 1));
    }

    @Test
    void search_leaves_a_corner_where_every_gradient_is_zero() {
        endsWhereIndependentDoes(new Zeros(true, 2));
    }

    /** Without boundaries nobody releases anything: the Hessian alone shows the way, or the fit must say that it is a saddle. */
    @Test
    void saddle_point_that_is_no_boundary_is_left_or_named() {
        for (int zeros = 1; zeros <= 2; zeros++) {
            Fit fit = fit(new Zeros(false, zeros));
            if (fit.convergence().certified()) {
                assertThat(fit.deviance()).isCloseTo(fit(new Independent()).deviance(), within(1e-9));
            } else {
                assertThat(fit.certificate()).isNotNull().matches(c -> c.negative() > 0);
                assertThat(fit.convergence().toString()).contains("saddle point: the Hessian has " + zeros);
            }
        }
    }
}
