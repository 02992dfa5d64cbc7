package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Arguments;
import henderson.api.Batch;
import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InMemoryModelTest {
    private static final double[] Y = {1, 2, 3, 4, 5};
    private static final double[][] X = {{1, 9}, {1, 8}, {1, 7}, {1, 6}, {1, 5}};
    private static final double[][] Z = {{1}, {1}, {1}, {1}, {1}};
    private static final int[] LEVEL = {0, 1, 0, 1, 1};

    /** One variance. */
    private static final class OneVariance implements CovarianceStructure {
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
    }

    private static InMemoryModel.Builder builder() {
        return InMemoryModel.builder(Y, X).term("g", LEVEL, Z, new OneVariance());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void batches_of_any_size_give_all_rows_in_order_every_time(int size) {
        InMemoryModel model =
                builder().batchSize(size).weights(new double[] {1, 2, 3, 4, 5}).build();
        for (int reading = 0; reading < 2; reading++) {
            List<Double> seen = new ArrayList<>();
            for (Batch b : model.batches()) {
                for (int i = 0; i < b.rows(); i++) {
                    int row = seen.size();
                    seen.add(b.y()[i]);
                    assertThat(b.x().get(i, 1)).isEqualTo(X[row][1]);
                    assertThat(b.z(0).get(i, 0)).isEqualTo(1);
                    assertThat(b.level(0)[i]).isEqualTo(LEVEL[row]);
                    assertThat(b.weights()[i]).isEqualTo(row + 1);
                }
            }
            assertThat(seen).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
        }
    }

    @Test
    void a_batch_is_overwritten_by_the_next_and_holds_nonsense_beyond_its_rows() {
        Iterator<Batch> batches = builder().batchSize(2).build().batches().iterator();
        Batch first = batches.next();
        double[] y = first.y();
        batches.next();
        assertThat(y[0]).isEqualTo(3);
        assertThat(y[2]).isNaN();
    }

    @Test
    void two_readings_at_once_do_not_disturb_each_other() {
        InMemoryModel model = builder().batchSize(1).build();
        Iterator<Batch> one = model.batches().iterator();
        Batch first = one.next();
        model.batches().iterator().next();
        one.next();
        assertThat(first.y()[0]).isEqualTo(2);
    }

    @Test
    void names_intercept_and_report_are_filled() {
        InMemoryModel model = builder().build();
        assertThat(model.fixedNames()).containsExactly("(Intercept)", "x1");
        assertThat(model.interceptColumn()).isZero();
        assertThat(model.spec()).hasToString("y ~ 1 + x1 + one(1 | g)");
        assertThat(model.random()).singleElement().satisfies(t -> {
            assertThat(t.levels()).containsExactly("1", "2");
            assertThat(t.columns()).containsExactly("(Intercept)");
        });
        assertThat(model.report().groups()).singleElement().satisfies(g -> {
            assertThat(g.min()).isEqualTo(2);
            assertThat(g.max()).isEqualTo(3);
            assertThat(g.mean()).isEqualTo(2.5);
        });
        assertThat(model.report().rowsUsed()).isEqualTo(5);
    }

    @Test
    void arrays_of_another_length_and_weights_of_zero_are_refused() {
        assertThatThrownBy(() -> builder().weights(new double[] {1, 1, 1, 1, 0}).build())
                .hasMessageContaining("0.0");
        assertThatThrownBy(() -> builder().weights(new double[] {1}).build()).hasMessageContaining("5 rows");
        assertThatThrownBy(() -> InMemoryModel.builder(Y, new double[1][1])).hasMessageContaining("5 rows");
    }
}
