package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import henderson.api.Batch;
import henderson.api.DataReport;
import henderson.api.FitListener;
import henderson.api.Formula;
import henderson.api.Model;
import henderson.api.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every linear case of the reference set: names, order, counts and columns are R's. */
class ReferenceCasesTest {
    private static final Map<String, String> TAGS =
            Map.of("scalar", "us", "unstructured", "us", "independent", "diag", "exchangeable", "cs", "identity", "id");

    @TestFactory
    Stream<DynamicTest> columns_levels_and_counts_are_those_of_r() throws IOException {
        Path file = Reference.folder().resolve("expected").resolve("r-oracle.json");
        JsonObject all = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        JsonObject datasets = all.getAsJsonObject("datasets");
        Map<String, Table> tables = new LinkedHashMap<>();
        List<DynamicTest> out = new ArrayList<>();
        for (JsonElement e : all.getAsJsonArray("cases")) {
            JsonObject c = e.getAsJsonObject();
            if (c.get("kind").getAsString().equals("lmm")) {
                String data = c.get("data").getAsString();
                out.add(DynamicTest.dynamicTest(
                        c.get("id").getAsString(),
                        () -> check(
                                c, datasets.getAsJsonObject(data), tables.computeIfAbsent(data, Reference::table))));
            }
        }
        assertThat(out).hasSizeGreaterThan(75);
        return out.stream();
    }

    private static void check(JsonObject c, JsonObject dataset, Table table) {
        ModelSpec spec = ModelSpec.of(RFormula.parse(formula(c))).withFactors(factors(c, dataset));
        assertThat(RFormula.parse(spec.toString())).isEqualTo(spec.formula());
        if (c.get("weights").isJsonPrimitive()) {
            spec = spec.withWeights(c.get("weights").getAsString());
        }
        if (c.get("row_filter").isJsonPrimitive()) {
            spec = spec.withWhere(RFormula.parseFilter(c.get("row_filter").getAsString()));
        }
        Model model = Models.build(spec, table, TestStructure.registry(), FitListener.SILENT);

        assertThat(model.fixedNames())
                .isEqualTo(strings(c.getAsJsonObject("fixed").getAsJsonArray("names")));
        assertThat(model.rows()).isEqualTo(c.get("n").getAsLong());
        long counted = 0;
        for (Batch b : model.batches()) {
            counted += b.rows();
        }
        assertThat(counted).isEqualTo(model.rows());
        JsonArray random = c.getAsJsonArray("random");
        assertThat(model.random()).hasSize(random.size());
        for (int t = 0; t < random.size(); t++) {
            JsonObject r = random.get(t).getAsJsonObject();
            assertThat(model.random().get(t).group()).isEqualTo(r.get("group").getAsString());
            assertThat(model.random().get(t).levels()).hasSize(r.get("n_groups").getAsInt());
            assertThat(model.random().get(t).columns()).isEqualTo(strings(r.getAsJsonArray("terms")));
        }
        for (DataReport.Group g : model.report().groups()) {
            for (JsonElement e : c.getAsJsonArray("groups")) {
                JsonObject expected = e.getAsJsonObject();
                if (expected.get("group").getAsString().equals(g.name())) {
                    assertThat(g.count()).isEqualTo(expected.get("n_groups").getAsInt());
                    assertThat(g.min()).isEqualTo(expected.get("min").getAsLong());
                    assertThat(g.max()).isEqualTo(expected.get("max").getAsLong());
                }
            }
        }
    }

    private static String formula(JsonObject c) {
        JsonObject fixed = c.getAsJsonObject("fixed");
        List<String> right = new ArrayList<>(List.of(fixed.get("intercept").getAsBoolean() ? "1" : "0"));
        right.addAll(strings(fixed.getAsJsonArray("terms")));
        for (JsonElement e : c.getAsJsonArray("random")) {
            JsonObject r = e.getAsJsonObject();
            List<String> terms = strings(r.getAsJsonArray("terms"));
            String left = terms.get(0).equals("MachineA")
                    ? "0 + Machine"
                    : String.join(" + ", terms).replace("(Intercept)", "1");
            String tag = TAGS.get(r.get("covariance").getAsString());
            right.add(tag + "(" + left + " | " + r.get("group").getAsString() + ")");
        }
        return c.get("response").getAsString() + " ~ " + String.join(" + ", right);
    }

    private static Map<String, List<String>> factors(JsonObject c, JsonObject dataset) {
        Map<String, List<String>> out = new LinkedHashMap<>();
        Formula formula = RFormula.parse(formula(c));
        dataset.getAsJsonObject("columns").entrySet().forEach(column -> {
            JsonElement levels = column.getValue().getAsJsonObject().get("levels");
            boolean used = formula.fixed().stream().anyMatch(t -> t.factors().stream()
                    .anyMatch(f -> f.toString().equals(column.getKey())));
            boolean slope = formula.random().stream()
                    .anyMatch(r -> r.terms().stream().anyMatch(t -> t.toString().equals(column.getKey())));
            if (levels != null && levels.isJsonArray() && (used || slope)) {
                out.put(column.getKey(), strings(levels.getAsJsonArray()));
            }
        });
        return out;
    }

    private static List<String> strings(JsonArray a) {
        List<String> out = new ArrayList<>();
        a.forEach(e -> out.add(e.getAsString()));
        return out;
    }
}
