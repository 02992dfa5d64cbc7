package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import henderson.api.HendersonException;
import henderson.framework.Henderson;
import henderson.validation.CaseResult.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateTest {
    private static final Henderson HENDERSON = Henderson.create();
    private static final Path HOME = Path.of("..");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rail_ml",
                "sleepstudy_us_reml",
                "sleepstudy_w_ml",
                "sleepstudy_ind_ml",
                "penicillin_reml",
                "pastes_ml",
                "machines_exch_reml",
                "machines_us_reml",
                "pixel_reml",
                "oats_factorial_reml",
                "nist_smls01_reml",
                "nist_atmwtag_ml",
                "nist_smls09_reml",
                "nist_smls09_ml",
                "pig_random_slope_independent_printed",
                "productivity_three_level_printed"
            })
    void a_case_agrees_in_every_figure(String id) {
        ValidationReport report = run(id);

        assertThat(report.results()).as(ValidationText.of(report)).isNotEmpty().hasSize(report.agree());
        assertThat(report.results().get(0).checks()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dyestuff2_ml", "dyestuff2_reml", "nist_sirstv_ml"})
    void a_variance_of_zero_is_exactly_zero_and_the_fit_says_so(String id) {
        ValidationReport report = run(id);

        assertThat(report.results()).as(ValidationText.of(report)).isNotEmpty().hasSize(report.agree());
        assertThat(report.results().get(0).checks())
                .anySatisfy(k -> assertThat(k.name() + " " + k.got()).isEqualTo("status boundary"))
                .anySatisfy(k -> assertThat(k.quantity() + " " + k.got()).isEqualTo("VARIANCE 0.0"));
    }

    @Test
    void a_case_without_its_data_is_skipped_and_counted() {
        ValidationReport report = run("nlswork_random_intercept_printed", "gcse_random_intercept_printed");

        assertThat(report.skipped()).isEqualTo(2);
        assertThat(report.results())
                .extracting(CaseResult::reason)
                .containsExactlyInAnyOrder("nlswork.csv not present", "gcse.csv not present");
        assertThat(report.summaryLine()).isEqualTo("0 agree, 0 fall short, 2 skipped");
    }

    @Test
    void a_wrong_figure_falls_short_and_is_named() throws IOException {
        home(Files.readString(HOME.resolve("validation/cases/rail.json")).replace("66.4999999999988", "66.6"));

        ValidationReport report = Validate.run(options("rail_ml").withHome(folder), HENDERSON);

        assertThat(report.results()).isNotEmpty().hasSize(report.fallShort()).allSatisfy(r -> assertThat(r.shortfalls())
                .extracting(Check::quantity, Check::name)
                .containsExactly(tuple(Quantity.FIXED, "(Intercept)")));
    }

    @Test
    void a_model_that_cannot_be_built_falls_short_with_its_message() throws IOException {
        home(Files.readString(HOME.resolve("validation/cases/rail.json")).replace("| Rail)", "| Train)"));

        ValidationReport report = Validate.run(options("rail_ml").withHome(folder), HENDERSON);

        assertThat(report.results()).singleElement().satisfies(r -> {
            assertThat(r.outcome()).isEqualTo(Outcome.FALLS_SHORT);
            assertThat(r.reason()).contains("Train");
        });
    }

    @Test
    void every_estimator_that_takes_a_model_fits_it() {
        ValidationReport report = run("rail_ml");

        assertThat(report.results())
                .extracting(CaseResult::estimator)
                .contains("newton")
                .doesNotHaveDuplicates();
    }

    @Test
    void an_unknown_estimator_is_answered_with_the_known_ones() {
        assertThatThrownBy(() -> Validate.run(options("rail_ml").withEstimators(List.of("newten")), HENDERSON))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("'newten'")
                .hasMessageContaining("newton");
    }

    @Test
    void an_unknown_case_is_refused() {
        assertThatThrownBy(() -> Validate.run(options("rail"), HENDERSON)).hasMessageContaining("'rail'");
    }

    private static ValidationReport run(String... ids) {
        return Validate.run(options(ids), HENDERSON);
    }

    private static Validate.Options options(String... ids) {
        return Validate.Options.DEFAULT.withHome(HOME).withCases(List.of(ids));
    }

    /** A home with one case file and the shipped data it needs. */
    private void home(String cases) throws IOException {
        Files.createDirectories(folder.resolve("validation/cases"));
        Files.createDirectories(folder.resolve("validation/data"));
        Files.writeString(folder.resolve("validation/cases/rail.json"), cases, StandardCharsets.UTF_8);
        Files.copy(HOME.resolve("validation/data/rail.csv"), folder.resolve("validation/data/rail.csv"));
    }
}
