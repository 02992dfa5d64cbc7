package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StataVerbTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        StringBuilder csv = new StringBuilder("y,x,g,h,sex\n");
        double[] effects = {1.5, -0.7, 0.2, -1.4, 0.9, -0.5};
        int[] noise = {3, -8, 5, 1, -2, 7, -6, 4, -4, 2, -1, -3, 6, -5, 8, 0, -7, 9};
        for (int i = 0; i < 36; i++) {
            int g = i % 6;
            int x = i / 6 + 1;
            double y = 2 + 0.5 * x + effects[g] + 0.1 * noise[i % 18] + 0.02 * (i / 18);
            csv.append(
                    String.format(java.util.Locale.ROOT, "%.3f,%d,%d,%d,%s%n", y, x, g, g / 2, i % 4 < 2 ? "F" : "M"));
        }
        file = Files.writeString(folder.resolve("d.csv"), csv.toString());
    }

    private Run stata(String... commands) {
        String[] args = new String[commands.length + 2];
        args[0] = "stata";
        args[1] = file.toString();
        System.arraycopy(commands, 0, args, 2, commands.length);
        return Run.of(args);
    }

    @Test
    void a_command_prints_its_table_alone() {
        Run run = stata("mixed y x || g:, nolog");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("Mixed-effects ML regression ")
                .containsSubsequence("\n           x | ", "\n       _cons | ", "g: Identity ", "var(_cons) | ");
    }

    @Test
    void the_log_is_shown_unless_it_is_not_wanted() {
        assertThat(stata("mixed y x || g:").out()).contains("\nIteration 0:  Log likelihood = ");
        assertThat(stata("mixed y x || g:, nolog").out()).doesNotContain("Iteration");
        assertThat(stata("mixed y x || g:, reml").out()).contains("\nIteration 0:  Log restricted-likelihood = ");
    }

    @Test
    void xtmixed_shows_deviations_against_a_linear_regression() {
        assertThat(stata("xtmixed y x || g: x, cov(un) nolog").out())
                .contains("sd(x) |", "sd(_cons) |", "corr(x,_cons) |", "LR test vs. linear regression: chi2(3)");
    }

    @Test
    void parts_of_the_table_can_be_left_out() {
        String out = stata("mixed y x || g:, nolog nohe nofet noret").out();
        assertThat(out).startsWith("\nCertificate: ");
        assertThat(stata("mixed y x || g:, nolog nogr").out())
                .contains("Number of obs")
                .doesNotContain("Obs per group");
    }

    @Test
    void residual_structures_are_headed_as_in_stata() {
        assertThat(stata("mixed y x || g:, nocons residuals(ar 2, t(x)) nolog").out())
                .containsSubsequence("\nResidual: AR(2) ", " phi1 |", " phi2 |", " var(e) |");
        assertThat(stata("mixed y x || g:, nocons residuals(ma, t(x)) nolog").out())
                .contains("\nResidual: MA(1) ");
        assertThat(stata("mixed y || g:, nocons residuals(exchangeable, by(h)) nolog")
                        .out())
                .containsSubsequence(
                        "\nResidual: Exchangeable, by h ",
                        "0: ",
                        " var(e) |",
                        " cov(e) |",
                        "1: ",
                        " var(e) |",
                        " cov(e) |");
    }

    @Test
    void nested_and_crossed_groups_are_named_as_written() {
        assertThat(stata("mixed y x || h: || g:, nolog").out())
                .contains("\nh: Identity ", "\ng: Identity ", "              g |          6 ");
        assertThat(stata("mixed y x || _all: R.h || g:, nolog").out())
                .contains("\n_all: Identity ", "var(R.h) |", "           _all |          1         36");
    }

    @Test
    void factors_are_named_by_level_and_base() {
        assertThat(stata("mixed y i.sex##c.x || g:, nolog").out()).contains("M.sex |", "M.sex#c.x |");
        assertThat(stata("mixed y ib3.x || g:, nolog").out())
                .contains(" 1.x |", " 6.x |")
                .doesNotContain(" 3.x |");
        assertThat(stata("mixed y i.x, nocons nolog").out()).contains(" 2.x |").doesNotContain(" 1.x |");
    }

    @Test
    void a_script_stops_at_the_first_mistake() throws IOException {
        Path script = Files.writeString(
                folder.resolve("s.do"), "mixed y x || g:, nolog\nestimates store a\nlrtest a b\nestat ic\n");
        Run run = stata("-f", script.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains(". lrtest a b").doesNotContain("estat ic");
        assertThat(run.err()).isEqualTo(String.format("No fit is stored as 'b'.%nMaybe one of: a.%n"));
    }

    @Test
    void fits_are_stored_and_compared() {
        Run run = stata("quietly mixed y x || g:; est sto a", "qui: mixed y x || g: x; est store b; lrtest a b");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .doesNotContain("Mixed-effects")
                .contains("Assumption: a nested within b", "LR chi2(1) = ", "variances among the parameters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "mixed y x || g:, reml     @ mixed y x || g: x            @ different criteria",
                "mixed y x || g:, reml     @ mixed y || g:, reml          @ different fixed effects",
                "mixed y x || g:           @ mixed y x if x > 2 || g: x   @ different rows",
                "mixed y x || g:           @ mixed y || h: x, cov(un)     @ not nested",
            })
    void fits_that_cannot_be_compared_are_refused(String first, String second, String message) {
        Run run = stata("qui " + first, "est sto a", "qui " + second, "est sto b", "lrtest a b");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains(message);
    }

    @Test
    void columns_are_made_and_described() {
        Run run = stata(
                "generate z = x^2 - 1 if x > 1",
                "egen n = count(z), by(g)",
                "bysort sex h: egen double m = mean(x)",
                "summarize z n m",
                "corr x z, cov");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("(6 missing values generated)")
                .contains("           z |         30          17     11.6323          3         35")
                .contains("           n |         36           5           0          5          5")
                .contains("(obs=30)")
                .contains("           z |  16.5517   135.31");
    }

    @Test
    void predictions_are_new_columns() {
        Run run = stata(
                "qui mixed y x if x < 6 || g: x",
                "predict f, fitted",
                "predict e, residuals",
                "predict xb",
                "predict b*, reffects reses(s*)",
                "gen same = abs(y - f - e) < 1e-9",
                "gen sum = abs(xb + b1*x + b2 - f) < 1e-9",
                "summarize same sum xb s1 s2");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("same \\| +30 +1 +0 +1 +1\n")
                .containsPattern("sum \\| +30 +1 +0 +1 +1\n")
                .containsPattern("xb \\| +36 ");
    }

    @Test
    void hypotheses_are_tested() {
        Run run = stata("qui mixed y c.x##i.h || g:", "test 1.h 2.h", "testparm i.h", "test x = .5", "lincom 2*x - 1");
        assertThat(run.err()).isEmpty();
        String[] parts = run.out().split("chi2\\(  2\\) = ");
        assertThat(parts).hasSize(3);
        assertThat(parts[1].lines().findFirst()).isEqualTo(parts[2].lines().findFirst());
        assertThat(run.out()).contains(" ( 1)  x = .5", " ( 1)  2*x - 1 = 0", "         (1) | ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "regress y x             @ no command is named 'regress'",
                "estat abc               @ estat has no part 'abc'",
                "estat ic                @ There is no fit yet",
                "lrtest                  @ lrtest compares two fits",
                "generate 3              @ makes no column",
                "gen x = 2               @ there is one of that name",
                "egen q = median(x)      @ no function of egen",
                "drop q                  @ no variable is named 'q'",
                "statsby a: mixed y      @ is not understood",
                "estimates table         @ estimates store",
                "by g: generate q = 1    @ the prefix by is for egen",
                "summarize x, detail     @ option detail",
                "''                      @ There is no command",
            })
    void mistakes_are_told_in_one_message(String command, String message) {
        Run run = stata(command);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void least_squares_by_group_replace_the_data() {
        Run run = stata("statsby a = _b[_cons] b = _b[x] s = _se[x], by(g): regress y x", "summarize a b s g");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).containsPattern("b \\| +6 ").containsPattern("g \\| +6 +2.5 ");
    }
}
