package henderson.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import henderson.api.Convergence;
import henderson.api.HendersonException;
import henderson.inference.Summary;
import henderson.testkit.KnownFits;
import java.util.List;
import org.junit.jupiter.api.Test;

class FitJsonTest {
    private final String pig = FitJson.write(Summary.of(KnownFits.pig()));
    private final JsonObject tree = JsonParser.parseString(pig).getAsJsonObject();

    @Test
    void every_promised_field_is_there_in_order() {
        assertThat(tree.keySet())
                .containsExactly(
                        "schema",
                        "model",
                        "data",
                        "logLikelihood",
                        "deviance",
                        "aic",
                        "bic",
                        "parameterCount",
                        "sigma",
                        "confidenceLevel",
                        "notes",
                        "covarianceType",
                        "clusters",
                        "fixedEffects",
                        "fixedEffectsCovariance",
                        "randomEffects",
                        "residual",
                        "auxiliary",
                        "varianceParameters",
                        "integrationError",
                        "tests",
                        "convergence",
                        "provenance",
                        "timing");
        assertThat(tree.getAsJsonObject("model").keySet())
                .contains(
                        "formula",
                        "stata",
                        "response",
                        "trials",
                        "weights",
                        "offset",
                        "where",
                        "factors",
                        "family",
                        "link",
                        "criterion",
                        "estimator",
                        "optimizer",
                        "integration",
                        "points",
                        "randomEffects",
                        "residual");
        assertThat(tree.getAsJsonObject("model").getAsJsonObject("residual").keySet())
                .containsExactly("formula", "title", "structure", "order", "time", "group", "by", "variances");
        assertThat(first("model", "randomEffects").keySet())
                .containsExactly("group", "factors", "terms", "structure", "arguments");
        assertThat(tree.getAsJsonObject("data").keySet())
                .containsExactly("rows", "rowsUsed", "dropped", "columnsDropped", "levelsDropped", "groups");
        assertThat(first("data", "groups").keySet()).containsExactly("name", "count", "min", "mean", "max");
        assertThat(tree.getAsJsonArray("fixedEffects").get(0).getAsJsonObject().keySet())
                .containsExactly("name", "estimate", "standardError", "statistic", "df", "pValue", "lower", "upper");
        assertThat(tree.getAsJsonArray("randomEffects").get(0).getAsJsonObject().keySet())
                .containsExactly("group", "structure", "terms", "covariance", "parameters", "standardDeviations");
        assertThat(tree.getAsJsonObject("tests").getAsJsonObject("wald").keySet())
                .containsExactly("statistic", "df", "denominatorDf", "distribution", "pValue");
        assertThat(tree.getAsJsonObject("tests")
                        .getAsJsonObject("versusNoRandomEffects")
                        .keySet())
                .containsExactly("statistic", "df", "pValue", "mixture");
        assertThat(tree.getAsJsonObject("varianceParameters").keySet())
                .containsExactly("names", "estimates", "covariance");
        assertThat(tree.getAsJsonObject("convergence").keySet())
                .contains("status", "iterations", "evaluations", "certificate", "history");
        assertThat(tree.getAsJsonObject("provenance").keySet()).contains("version", "dataDigest", "java");
    }

    private JsonObject first(String object, String array) {
        return tree.getAsJsonObject(object).getAsJsonArray(array).get(0).getAsJsonObject();
    }

    @Test
    void numbers_keep_every_digit() {
        assertThat(tree.get("logLikelihood").getAsDouble())
                .isEqualTo(KnownFits.pig().logLikelihood());
        assertThat(tree.getAsJsonArray("fixedEffectsCovariance")
                        .get(1)
                        .getAsJsonArray()
                        .get(0)
                        .getAsDouble())
                .isEqualTo(KnownFits.pig().betaCovariance().get(1, 0));
    }

    @Test
    void what_is_not_known_is_null_and_never_nan() {
        String json = FitJson.write(Summary.of(KnownFits.dyestuff2()));
        JsonObject zero = JsonParser.parseString(json).getAsJsonObject();
        assertThat(json).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(zero.getAsJsonObject("varianceParameters").get("covariance"))
                .hasToString("[[null,null],[null,11.87455778022729]]");
        assertThat(zero.getAsJsonObject("convergence").get("status").getAsString())
                .isEqualTo("boundary");
        assertThat(tree.get("integrationError").isJsonNull()).isTrue();
        assertThat(tree.getAsJsonObject("convergence")
                        .getAsJsonObject("certificate")
                        .get("boundaryCurvature")
                        .isJsonNull())
                .isTrue();
    }

    @Test
    void each_field_of_the_document_has_its_line() {
        assertThat(pig.lines().filter(line -> line.startsWith("  \""))).hasSameSizeAs(tree.keySet());
        assertThat(pig).startsWith("{\n  \"schema\": \"henderson.fit/1\",\n").endsWith("\n}\n");
    }

    @Test
    void a_document_read_back_writes_the_same_text() {
        assertThat(FitJson.write(FitJson.read(pig, "pig.json"))).isEqualTo(pig);
        String boundary = FitJson.write(Summary.of(KnownFits.dyestuff2()));
        assertThat(FitJson.write(FitJson.read(boundary, "d.json"))).isEqualTo(boundary);
    }

    @Test
    void read_back_it_has_the_numbers_of_the_fit() {
        FitDocument d = FitJson.read(pig, "pig.json");
        assertThat(d.fixedEffects().get(1).name()).isEqualTo("week");
        assertThat(d.fixedEffects().get(1).estimate()).isEqualTo(KnownFits.pig().beta()[1]);
        assertThat(d.randomEffects().get(0).covariance()[0][0])
                .isEqualTo(KnownFits.pig().parameters().get(0).estimate());
        assertThat(d.tests().versusNoRandomEffects().mixture()).isEqualTo("chibar2(01)");
        assertThat(d.model().randomEffects().get(0).factors()).containsExactly("id");
    }

    @Test
    void a_stopped_fit_carries_reason_and_culprits() {
        Convergence end = new Convergence.Stopped("limit", List.of("a flat direction"));
        FitDocument d = FitJson.document(Summary.of(KnownFits.ended(KnownFits.pig(), end, null)));
        assertThat(d.convergence().status()).isEqualTo("stopped");
        assertThat(d.convergence().reason()).isEqualTo("limit");
        assertThat(d.convergence().culprits()).containsExactly("a flat direction");
        assertThat(d.convergence().certificate()).isNull();
    }

    @Test
    void another_file_is_refused_by_its_schema() {
        assertThatThrownBy(() -> FitJson.read("{\"schema\": \"other/2\"}", "x.json"))
                .isInstanceOf(HendersonException.class)
                .hasMessage("x.json is not a saved fit: its schema is \"other/2\", not \"henderson.fit/1\".");
        assertThatThrownBy(() -> FitJson.read("[1, 2", "x.json"))
                .isInstanceOf(HendersonException.class)
                .hasMessageStartingWith("x.json is not a saved fit: ");
        assertThatThrownBy(() -> FitJson.read("", "x.json")).isInstanceOf(HendersonException.class);
    }

    @Test
    void whole_numbers_among_the_arguments_stay_whole() {
        String banded = pig.replace("\"arguments\":{}", "\"arguments\":{\"order\":2}");
        assertThat(FitJson.write(FitJson.read(banded, "pig.json")))
                .isEqualTo(banded)
                .isNotEqualTo(pig);
    }
}
