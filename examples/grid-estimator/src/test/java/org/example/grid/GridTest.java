package org.example.grid;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Clusters;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.Estimator;
import henderson.api.FitContext;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.Positions;
import henderson.api.Registry;
import henderson.testkit.EstimatorContract;
import henderson.testkit.InMemoryModel;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class GridTest implements EstimatorContract {
    @Override
    public Estimator estimator() {
        return new Grid();
    }

    @Override
    public FitContext context(Clusters clusters) {
        return new Context(Registry.ofStructures(structure()), clusters, FitListener.SILENT);
    }

    private record Context(Registry registry, Clusters clusters, FitListener listener) implements FitContext {}

    /** One variance, all columns alike. */
    private static CovarianceStructure structure() {
        return new CovarianceStructure() {
            @Override
            public String name() {
                return "one";
            }

            @Override
            public BoundStructure bind(Arguments arguments, Positions positions) {
                return new BoundStructure() {
                    @Override
                    public List<Coordinate> coordinates() {
                        return List.of(Coordinate.variance("sd", -1));
                    }

                    @Override
                    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
                        for (int i = 0; i < at.length; i++) {
                            for (int j = 0; j < at.length; j++) {
                                out.set(i, j, at[i] == at[j] ? tau[0] * tau[0] : 0);
                            }
                        }
                        return out;
                    }
                };
            }
        };
    }

    @Test
    void several_effects_of_a_level_are_refused_with_the_reason() {
        InMemoryModel model = InMemoryModel.builder(new double[] {1, 2, 3, 4}, new double[][] {{1}, {1}, {1}, {1}})
                .term("g", new int[] {0, 0, 1, 1}, new double[][] {{1, 0}, {1, 1}, {1, 0}, {1, 1}}, structure())
                .build();
        assertThat(new Grid().refusal(model, FitOptions.DEFAULT))
                .isEqualTo("it fits one variance, of one effect for each independent level; this model has"
                        + " one((Intercept) + z1 | g), 2 levels");
    }

    @Test
    void an_optimizer_is_refused() {
        InMemoryModel model = InMemoryModel.builder(new double[] {1, 2, 3, 5}, new double[][] {{1}, {1}, {1}, {1}})
                .term("g", new int[] {0, 0, 1, 1}, new double[][] {{1}, {1}, {1}, {1}}, structure())
                .build();
        assertThat(new Grid().refusal(model, FitOptions.DEFAULT)).isNull();
        assertThat(new Grid().refusal(model, FitOptions.DEFAULT.withOptimizer("bfgs")))
                .contains("takes no optimizer");
    }
}
