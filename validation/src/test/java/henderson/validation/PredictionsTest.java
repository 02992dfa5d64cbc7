package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import henderson.api.Fit;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.data.RFormula;
import henderson.data.ReadOptions;
import henderson.data.Table;
import henderson.framework.Henderson;
import henderson.inference.Prediction;
import henderson.inference.Prediction.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Predictions of rows, from the fitted model and from the same rows coded anew. */
class PredictionsTest {
    /** Both sides stop far below this part of a prediction; the reference vouches for eight digits of each. */
    private static final double DIGITS = 1e-8;

    private static final Henderson HENDERSON = Henderson.create();

    private static JsonObject reference() throws IOException {
        try (InputStream in = PredictionsTest.class.getResourceAsStream("predictions.json")) {
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
    }

    static Stream<JsonObject> cases() throws IOException {
        List<JsonObject> out = new ArrayList<>();
        for (JsonElement c : reference().getAsJsonArray("cases")) {
            out.add(c.getAsJsonObject());
        }
        return out.stream();
    }

    @Test
    void the_reference_names_tool_version_and_script() throws IOException {
        assertThat(reference().getAsJsonObject("provenance").keySet()).contains("tool", "version", "script");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void predictions_agree_with_those_of_others(JsonObject expected) {
        String id = expected.get("id").getAsString();
        ReferenceCase c = CaseFiles.read(CaseFilesTest.SHIPPED).stream()
                .filter(r -> r.id().equals(id))
                .findFirst()
                .orElseThrow();
        Table table = HENDERSON.read(Path.of("data", c.data()), new ReadOptions(c.factors(), Set.of()));
        ModelSpec spec = ModelSpec.of(RFormula.parse(c.formula()))
                .withFactors(c.factors())
                .withWeights(c.weights())
                .withWhere(c.where() == null ? null : RFormula.parseFilter(c.where()));
        Model model = HENDERSON.model(spec, table, FitListener.SILENT);
        Fit fit = HENDERSON.fit(model, FitOptions.DEFAULT.withCriterion(c.criterion()));

        compare(fit, model, expected.getAsJsonArray("predictions"));
        compare(fit, HENDERSON.rebind(fit, table, null), expected.getAsJsonArray("predictions"));
    }

    private static void compare(Fit fit, Model rows, JsonArray expected) {
        Prediction prediction =
                Prediction.of(fit, List.of(Quantity.XB, Quantity.FITTED, Quantity.RESIDUALS, Quantity.RSTANDARD));
        Map<Long, double[]> byRow = new HashMap<>();
        prediction.forEachRow(rows, (row, values) -> byRow.put(row, values.clone()));
        assertThat(byRow).hasSize((int) fit.model().rows());
        for (JsonElement e : expected) {
            JsonObject p = e.getAsJsonObject();
            double[] got = byRow.get(p.get("row").getAsLong());
            double xb = p.get("xb").getAsDouble();
            double fitted = p.get("fitted").getAsDouble();
            assertThat(got[0]).isCloseTo(xb, within(DIGITS * Math.abs(xb)));
            assertThat(got[1]).isCloseTo(fitted, within(DIGITS * Math.abs(fitted)));
        }
    }
}
