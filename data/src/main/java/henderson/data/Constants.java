package henderson.data;

import henderson.api.ModelFrame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Constants that transformations take from the rows: collected while a model is built, or given by its frame. */
final class Constants {
    private final @Nullable ModelFrame given;
    private final Map<String, double[]> polynomials = new LinkedHashMap<>();
    private final Map<String, Supplier<Map<String, Double>>> means = new LinkedHashMap<>();

    private Constants(@Nullable ModelFrame given) {
        this.given = given;
    }

    /** To be collected. */
    static Constants collected() {
        return new Constants(null);
    }

    /** Those of a fitted model. */
    static Constants of(ModelFrame frame) {
        return new Constants(frame);
    }

    @Nullable
    ModelFrame given() {
        return given;
    }

    double @Nullable [] polynomial(String label) {
        return given == null ? null : given.polynomials().get(label);
    }

    @Nullable
    Map<String, Double> means(String label) {
        return given == null ? null : given.means().get(label);
    }

    void polynomial(String label, double[] constants) {
        polynomials.put(label, constants);
    }

    /** Means by level of a group; the map is made only when a frame is asked for. */
    void means(String label, CategoricalColumn group, double[] values) {
        means.put(label, () -> {
            Map<String, Double> out = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                out.put(group.levels().get(i), values[i]);
            }
            return out;
        });
    }

    /** Everything collected. */
    ModelFrame frame(
            List<String> categorical, Map<String, List<String>> factors, List<Boolean> kept, List<String> residual) {
        Map<String, Map<String, Double>> groups = new LinkedHashMap<>();
        means.forEach((label, of) -> groups.put(label, of.get()));
        return new ModelFrame(categorical, factors, polynomials, groups, kept, residual);
    }
}
