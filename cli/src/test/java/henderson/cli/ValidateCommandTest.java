package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class ValidateCommandTest {
    @Test
    void named_case_is_compared_and_counted() {
        Run run = Run.of("validate", "--case", "dyestuff2_ml", "--estimator", "newton");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("dyestuff2_ml").endsWith("1 agree, 0 fall short, 0 skipped\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void json_is_one_document() {
        Run run = Run.of("validate", "--case", "dyestuff2_ml", "--output", "json");
        assertThat(run.status()).isZero();
        assertThat(JsonParser.parseString(run.out())
                        .getAsJsonObject()
                        .get("schema")
                        .getAsString())
                .isEqualTo("henderson.validation/1");
    }

    @Test
    void unknown_case_and_estimator_are_named() {
        Run unknown = Run.of("validate", "--case", "dyestuf2_ml");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("dyestuf2_ml");
        Run estimator = Run.of("validate", "--estimator", "magic");
        assertThat(estimator.status()).isEqualTo(1);
        assertThat(estimator.err()).startsWith("No estimator is named 'magic'.");
    }

    @Test
    void html_is_refused_by_name() {
        Run run = Run.of("validate", "--output", "html");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("--output html would ");
    }
}
