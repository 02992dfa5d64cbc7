package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Batch;
import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.api.Model;
import henderson.structures.Unstructured;
import henderson.testkit.Design;
import henderson.testkit.RandomDesigns;
import henderson.testkit.RandomDesigns.Arrangement;
import henderson.testkit.RandomDesigns.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sums drawn from the square root of the sums, and rows drawn one by one, have the mean and the covariance that the model has,
 * exactly: a draw is linear in its normal deviates, and its columns are read off one by one.
 */
class ResponseDrawTest {
    private static final double ROUNDING = 1e-11;

    static Stream<Arguments> cases() {
        List<Arguments> out = new ArrayList<>();
        for (Arrangement arrangement : Arrangement.values()) {
            for (boolean weights : new boolean[] {false, true}) {
                for (boolean rows : new boolean[] {false, true}) {
                    Design design = RandomDesigns.draw(arrangement, new Options(weights, weights, 1), 3, 4711);
                    out.add(Arguments.of(design, rows));
                }
            }
        }
        return out.stream();
    }

    private static Evaluation at(Model model, Design design) {
        LinearEquations equations = LinearEquations.of(model, FitListener.SILENT);
        Evaluation evaluation = new Evaluation(equations, Criterion.ML, new SequentialClusters());
        assertThat(evaluation.value(design.terms().stream()
                        .map(t -> new DMatrixRMaj(t.lambda()))
                        .toArray(DMatrixRMaj[]::new)))
                .isNotNaN();
        return evaluation;
    }

    /** Rows of {@code [Z̃ X̃]}, weights taken in; Z̃ in the order of vectors. */
    private static double[][] rows(LinearEquations equations) {
        List<double[]> out = new ArrayList<>();
        int order = equations.factor.order();
        int p = equations.border.p;
        int[] nodes = new int[equations.layout.factors];
        double[] z = new double[Arrays.stream(equations.layout.width).sum()];
        double[] xy = new double[p + 1];
        for (Batch batch : equations.model().batches()) {
            for (int i = 0; i < batch.rows(); i++) {
                double[] row = new double[order + p];
                equations.layout.row(batch, i, nodes, z);
                equations.border.row(batch, i, xy);
                double root = batch.weights() == null ? 1 : Math.sqrt(batch.weights()[i]);
                int from = 0;
                for (int f = 0; f < nodes.length; f++) {
                    for (int a = 0; a < equations.layout.width[f]; a++) {
                        row[equations.condensed.row[nodes[f]] + a] = root * z[from++];
                    }
                }
                for (int j = 0; j < p; j++) {
                    row[order + j] = root * xy[j];
                }
                out.add(row);
            }
        }
        return out.toArray(double[][]::new);
    }

    /** {@code [Z̃ X̃]ᵀy}, and {@code yᵀy} at the end. */
    private static double[] statistics(LinearEquations equations) {
        int order = equations.factor.order();
        int border = equations.condensed.border;
        double[] out = new double[order + border];
        for (int i = 0; i < order; i++) {
            out[i] = equations.condensed.b[i * border + border - 1];
        }
        for (int j = 0; j < border; j++) {
            out[order + j] = equations.condensed.c[j * border + border - 1];
        }
        return out;
    }

    /** {@code UᵀU} of the columns, or {@code UᵀVU} with V = σ²(I + Z̃GZ̃ᵀ), by G's factor over all effects. */
    private static double[][] covariance(double[][] u, double[][] g, double sigma2) {
        int k = u[0].length;
        double[][] cross = cross(u);
        double[][] out = new double[k][k];
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                double sum = cross[a][b];
                for (int i = 0; i < g.length; i++) {
                    for (int j = 0; j < g.length; j++) {
                        sum += cross[a][i] * g[i][j] * cross[j][b];
                    }
                }
                out[a][b] = sigma2 * sum;
            }
        }
        return out;
    }

    private static double[][] cross(double[][] u) {
        int k = u[0].length;
        double[][] out = new double[k][k];
        for (double[] row : u) {
            for (int a = 0; a < k; a++) {
                for (int b = 0; b < k; b++) {
                    out[a][b] += row[a] * row[b];
                }
            }
        }
        return out;
    }

    private static double[][] effectsCovariance(LinearEquations equations, Design design) {
        double[][] out = new double[equations.factor.order()][equations.factor.order()];
        for (int t = 0; t < design.terms().size(); t++) {
            double[][] l = design.terms().get(t).lambda();
            for (int level = 0; level < design.terms().get(t).levels(); level++) {
                int at = equations.condensed.row[equations.layout.node(t, level)] + equations.layout.columnOf[t];
                for (int i = 0; i < l.length; i++) {
                    for (int j = 0; j < l.length; j++) {
                        for (int m = 0; m < l.length; m++) {
                            out[at + i][at + j] += l[i][m] * l[j][m];
                        }
                    }
                }
            }
        }
        return out;
    }

    @ParameterizedTest(name = "{0}, rows {1}")
    @MethodSource("cases")
    void mean_and_covariance_of_the_sums_are_those_of_the_model(Design design, boolean rows) {
        Evaluation evaluation = at(design.model(new Unstructured()).build(), design);
        LinearEquations equations = evaluation.equations;
        double[] beta = evaluation.betaInside.clone();
        double sigma2 = evaluation.sigma2;
        double[][] u = rows(equations);
        double[][] cross = cross(u);
        int order = equations.factor.order();
        int k = order + beta.length;
        double[][] expected = covariance(u, effectsCovariance(equations, design), sigma2);
        ResponseDraw draw = new ResponseDraw(evaluation, null, rows);
        assertThat(draw.drawsSums()).isEqualTo(!rows);

        ScriptedDeviates none = new ScriptedDeviates(-1);
        draw.draw(none);
        double[] mean = statistics(equations);
        double size = 0;
        for (int a = 0; a < k; a++) {
            double exact = 0;
            for (int j = 0; j < beta.length; j++) {
                exact += cross[a][order + j] * beta[j];
            }
            assertThat(mean[a]).isCloseTo(exact, within(ROUNDING * (1 + Math.abs(exact))));
            size = Math.max(size, expected[a][a]);
        }
        double[][] found = new double[k][k];
        for (int one = 0; one < none.taken(); one++) {
            draw.draw(new ScriptedDeviates(one));
            double[] moved = statistics(equations);
            for (int a = 0; a < k; a++) {
                for (int b = 0; b < k; b++) {
                    found[a][b] += (moved[a] - mean[a]) * (moved[b] - mean[b]);
                }
            }
        }
        for (int a = 0; a < k; a++) {
            assertThat(found[a]).as("covariances of sum %d", a).containsExactly(expected[a], within(ROUNDING * size));
        }
    }

    @ParameterizedTest(name = "{0}, rows {1}")
    @MethodSource("cases")
    void what_the_sums_leave_of_the_response_has_the_degrees_of_freedom_of_the_rows(Design design, boolean rows) {
        Evaluation evaluation = at(design.model(new Unstructured()).build(), design);
        double sigma2 = evaluation.sigma2;
        int rank = rank(rows(evaluation.equations));
        ResponseDraw draw = new ResponseDraw(evaluation, null, rows);
        Random random = new Random(3);
        int times = 800;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < times; i++) {
            draw.draw(random);
            double left = unexplained(evaluation.equations) / sigma2;
            sum += left;
            squares += left * left;
        }
        double degrees = design.rows() - rank;
        double mean = sum / times;
        double variance = squares / times - mean * mean;
        assertThat(mean).isCloseTo(degrees, within(1e-6 + 4.5 * Math.sqrt(2 * degrees / times)));
        // fourth central moment of χ²: 12 d (d + 4)
        double error = Math.sqrt((12 * degrees * (degrees + 4) - 4 * degrees * degrees) / times);
        assertThat(variance).isCloseTo(2 * degrees, within(1e-6 + 4.5 * error));
    }

    /** {@code yᵀy} less what all columns explain, by sweeping the cross-products in the order of their pivots. */
    private static double unexplained(LinearEquations equations) {
        double[][] u = rows(equations);
        double[] y = statistics(equations);
        int k = u[0].length;
        double[][] a = cross(u);
        double[][] full = new double[k + 1][k + 1];
        for (int i = 0; i < k; i++) {
            System.arraycopy(a[i], 0, full[i], 0, k);
            full[i][k] = y[i];
            full[k][i] = y[i];
        }
        full[k][k] = y[k];
        sweep(full, k);
        return full[k][k];
    }

    private static int rank(double[][] u) {
        double[][] a = cross(u);
        return sweep(a, a.length);
    }

    private static int sweep(double[][] a, int columns) {
        double largest = 0;
        for (int i = 0; i < columns; i++) {
            largest = Math.max(largest, a[i][i]);
        }
        boolean[] done = new boolean[columns];
        for (int rank = 0; ; rank++) {
            int pivot = -1;
            for (int i = 0; i < columns; i++) {
                pivot = !done[i] && (pivot < 0 || a[i][i] > a[pivot][pivot]) ? i : pivot;
            }
            if (pivot < 0 || a[pivot][pivot] <= 1e-10 * largest) {
                return rank;
            }
            done[pivot] = true;
            for (int i = 0; i < a.length; i++) {
                if (i == pivot || i < columns && done[i]) {
                    continue;
                }
                double f = a[i][pivot] / a[pivot][pivot];
                for (int j = 0; j < a.length; j++) {
                    a[i][j] -= f * a[pivot][j];
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}, rows {1}")
    @MethodSource("cases")
    void both_roads_of_an_evaluation_see_the_response_drawn(Design design, boolean rows) {
        Evaluation evaluation = at(design.model(new Unstructured()).build(), design);
        DMatrixRMaj[] lambda =
                design.terms().stream().map(t -> new DMatrixRMaj(t.lambda())).toArray(DMatrixRMaj[]::new);
        ResponseDraw draw = new ResponseDraw(evaluation, null, rows);
        Random random = new Random(5);
        for (int i = 0; i < 3; i++) {
            draw.draw(random);
            double cross = evaluation.road(Evaluation.Road.CROSS_PRODUCTS).value(lambda);
            double root = evaluation.road(Evaluation.Road.SQUARE_ROOT).value(lambda);
            assertThat(evaluation.tookSquareRoot()).isTrue();
            assertThat(root).isCloseTo(cross, within(1e-10 * Math.abs(cross)));
        }
    }

    @Test
    void a_row_that_counts_often_is_as_many_rows() {
        Design design = RandomDesigns.draw(Arrangement.ONE_UNBALANCED, Options.PLAIN, 3, 9);
        double[] often = new double[design.rows()];
        for (int i = 0; i < often.length; i++) {
            often[i] = 1 + i % 3;
        }
        Evaluation evaluation =
                at(design.model(new Unstructured()).frequencies(often).build(), design);
        double total = Arrays.stream(often).sum();
        for (boolean rows : new boolean[] {false, true}) {
            ResponseDraw draw = new ResponseDraw(evaluation, null, rows);
            double sigma2 = evaluation.sigma2;
            Random random = new Random(17);
            int times = 800;
            double sum = 0;
            for (int i = 0; i < times; i++) {
                draw.draw(random);
                evaluation.value(design.terms().stream()
                        .map(t -> new DMatrixRMaj(t.lambda()))
                        .toArray(DMatrixRMaj[]::new));
                sum += evaluation.residualSumOfSquares() / sigma2;
            }
            double degrees = total - evaluation.p;
            assertThat(sum / times)
                    .as("rows %s", rows)
                    .isCloseTo(degrees, within(4.5 * Math.sqrt(2 * degrees / times)));
        }
    }

    @Test
    void held_effects_stand_in_every_response() {
        Design design = RandomDesigns.draw(Arrangement.CROSSED_TWO, Options.PLAIN, 3, 21);
        Evaluation evaluation = at(design.model(new Unstructured()).build(), design);
        double[][] held = new double[design.terms().size()][];
        for (int t = 0; t < held.length; t++) {
            held[t] = new Random(t)
                    .doubles((long) design.terms().get(t).levels()
                            * design.terms().get(t).columns())
                    .toArray();
        }
        ResponseDraw sums = new ResponseDraw(evaluation, held, false);
        sums.draw(new ScriptedDeviates(-1));
        double[] first = statistics(evaluation.equations);
        ResponseDraw rows = new ResponseDraw(evaluation, held, true);
        rows.draw(new ScriptedDeviates(-1));
        double[] second = statistics(evaluation.equations);
        for (int i = 0; i < first.length - 1; i++) {
            assertThat(first[i]).isCloseTo(second[i], within(ROUNDING * (1 + Math.abs(second[i]))));
        }
    }
}
