package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationTextTest {
    private static final ReferenceCase RAIL = CaseFilesTest.shipped("rail_ml");
    private static final ReferenceCase NLSWORK = CaseFilesTest.shipped("nlswork_random_intercept_printed");

    private static final Check GOOD = new Check(Quantity.LOG_LIKELIHOOD, "logLik", "-64.28", "-64.28", 11.97, 11, true);
    private static final Check HIGHER = new Check(Quantity.LOG_LIKELIHOOD, "logLik", "-64.28", "-64.27", 3.8, 11, true);
    private static final Check BETTER = new Check(Quantity.FIXED, "(Intercept)", "66.5", "66.5", 12, 8, true);
    private static final Check BAD = new Check(Quantity.FIXED, "slope", "2.5", "2.4", 1.39794, 8, false);
    private static final Check STATUS = new Check(Quantity.FACT, "status", "boundary", "stopped", 0, 16, false);

    private final ValidationReport report = new ValidationReport(List.of(
            CaseResult.compared(RAIL, "newton", List.of(GOOD, BETTER), 0.01),
            CaseResult.compared(RAIL, "em", List.of(GOOD, BETTER, BAD, STATUS), 0.02),
            CaseResult.skipped(NLSWORK, "", "nlswork.csv not present")));

    @Test
    void the_last_line_counts() {
        assertThat(ValidationText.of(report).lines().toList()).last().isEqualTo("1 agree, 1 fall short, 1 skipped");
    }

    @Test
    void a_cell_has_the_fewest_digits_of_its_kind_rounded_down() {
        List<String> lines = ValidationText.of(report).lines().toList();

        assertThat(lines).anySatisfy(l -> assertThat(l.split(" +"))
                .containsExactly("rail_ml", "newton", "11.9", "12.0", "agrees"));
        assertThat(lines).anySatisfy(l -> assertThat(l.split(" +"))
                .containsExactly("rail_ml", "em", "11.9", "<1.3", "falls", "short"));
    }

    @Test
    void columns_are_aligned() {
        List<String> table = ValidationText.of(report)
                .lines()
                .filter(l -> l.startsWith("case ") || l.startsWith("rail_ml "))
                .filter(l -> !l.contains("by"))
                .toList();

        assertThat(table).hasSize(3);
        int end = table.get(0).indexOf("fixed") + "fixed".length();
        assertThat(table.get(1).substring(0, end)).endsWith("12.0");
        assertThat(table.get(2).substring(0, end)).endsWith("<1.3");
    }

    @Test
    void a_shortfall_says_what_was_expected_and_what_came() {
        assertThat(ValidationText.of(report))
                .contains("rail_ml by em falls short:")
                .contains("fixed slope: expected 2.5, got 2.4: 1.3 digits of 8.0 demanded")
                .contains("facts status: expected boundary, got stopped");
    }

    @Test
    void a_higher_likelihood_is_marked_and_told_by_how_much() {
        String text = ValidationText.of(
                new ValidationReport(List.of(CaseResult.compared(RAIL, "glmm", List.of(HIGHER, BETTER), 0.01))));

        assertThat(text)
                .contains("rail_ml by glmm: the log-likelihood is higher than the reference's by 0.010")
                .contains("1 agree");
        assertThat(text.lines()).anySatisfy(l -> assertThat(l.split(" +"))
                .containsExactly("rail_ml", "glmm", ">3.8", "12.0", "agrees"));
        assertThat(ValidationText.of(report)).doesNotContain("higher than");
    }

    @Test
    void a_skipped_case_says_why() {
        assertThat(ValidationText.of(report)).contains("skipped: nlswork.csv not present");
    }

    @Test
    void a_fit_that_broke_is_a_shortfall_with_its_reason() {
        ValidationReport broken = new ValidationReport(List.of(CaseResult.failed(RAIL, "newton", "no such column")));

        assertThat(broken.fallShort()).isOne();
        assertThat(ValidationText.of(broken)).contains("  no such column");
    }

    @Test
    void a_report_of_nothing_is_one_line_of_zeros() {
        assertThat(ValidationText.of(new ValidationReport(List.of())).lines().toList())
                .last()
                .isEqualTo("0 agree, 0 fall short, 0 skipped");
    }

    @Test
    void json_has_every_figure() {
        JsonObject json = JsonParser.parseString(ValidationJson.of(report)).getAsJsonObject();
        JsonObject em = json.getAsJsonArray("results").get(1).getAsJsonObject();

        assertThat(json.get("schema").getAsString()).isEqualTo("henderson.validation/1");
        assertThat(json.get("fallShort").getAsInt()).isOne();
        assertThat(em.get("outcome").getAsString()).isEqualTo("falls short");
        assertThat(em.getAsJsonArray("figures")).hasSize(4);
        assertThat(em.getAsJsonArray("figures")
                        .get(2)
                        .getAsJsonObject()
                        .get("digits")
                        .getAsDouble())
                .isEqualTo(1.3);
        assertThat(em.getAsJsonArray("figures")
                        .get(3)
                        .getAsJsonObject()
                        .get("digits")
                        .isJsonNull())
                .isTrue();
    }
}
