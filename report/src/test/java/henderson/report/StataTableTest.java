package henderson.report;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Certificate;
import henderson.api.Convergence;
import henderson.api.Criterion;
import henderson.api.DataReport;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.inference.Summary;
import henderson.testkit.KnownFits;
import java.util.List;
import org.junit.jupiter.api.Test;

class StataTableTest {
    private static String table(Fit fit) {
        return StataTable.of(Summary.of(fit), Metric.VARIANCE);
    }

    @Test
    void pigs_look_as_in_stata() {
        assertThat(table(KnownFits.pig()))
                .isEqualTo(
                        """
                Mixed-effects ML regression                        Number of obs    =      432
                Group variable: id                                 Number of groups =       48
                                                                   Obs per group:
                                                                                min =        9
                                                                                avg =      9.0
                                                                                max =        9
                                                                   Wald chi2(1)     = 25337.48
                Log likelihood = -1014.9268                        Prob > chi2      =   0.0000

                ------------------------------------------------------------------------------
                      weight | Coefficient  Std. err.      z    P>|z|     [95% conf. interval]
                -------------+----------------------------------------------------------------
                 (Intercept) |   19.35561   .5974055    32.40   0.000     18.18472    20.52651
                        week |   6.209896   .0390124   159.18   0.000     6.133433    6.286359
                ------------------------------------------------------------------------------

                ------------------------------------------------------------------------------
                  Random-effects parameters  |   Estimate   Std. err.     [95% conf. interval]
                -----------------------------+------------------------------------------------
                id: Identity                 |
                            var((Intercept)) |   14.81749    3.12422      9.801705    22.39999
                -----------------------------+------------------------------------------------
                               var(Residual) |   4.383264   .3163349      3.805112    5.049261
                ------------------------------------------------------------------------------
                LR test vs. linear model: chibar2(01) = 472.65        Prob >= chibar2 = 0.0000

                Certificate: decrement 3.1e-17 (≤ 1e-12), Hessian positive definite (1 of 1), nothing on the boundary
                """);
    }

    @Test
    void standard_deviations_and_correlations_on_request() {
        assertThat(StataTable.of(Summary.of(KnownFits.sleepstudy(), 90), Metric.SD))
                .contains(
                        """
                  Random-effects parameters  |   Estimate   Std. err.     [90% conf. interval]
                -----------------------------+------------------------------------------------
                Subject: Unstructured        |
                """)
                .contains("             sd((Intercept)) |   23.78057   5.577371 ")
                .contains("                    sd(Days) |   5.716835   1.187071 ")
                .contains("      corr((Intercept),Days) |   .0813201   .3235025 ")
                .contains("                sd(Residual) |   25.59182   1.508012 ")
                .doesNotContain("var(");
    }

    @Test
    void several_parameters_carry_the_conservative_note() {
        assertThat(table(KnownFits.sleepstudy()))
                .contains(
                        """
                LR test vs. linear model: chi2(3) = 148.35                Prob > chi2 = 0.0000

                Note: LR test is conservative and provided only for reference.
                """);
    }

    @Test
    void restricted_likelihood_is_named() {
        Fit reml = KnownFits.asked(KnownFits.pig(), FitOptions.DEFAULT.withCriterion(Criterion.REML));
        assertThat(table(reml))
                .startsWith("Mixed-effects REML regression   ")
                .contains("\nLog restricted-likelihood = -1014.9268             Prob > chi2      =   0.0000\n");
    }

    @Test
    void zero_variance_is_shown_without_error_and_named_below() {
        assertThat(table(KnownFits.dyestuff2()))
                .startsWith("Mixed-effects ML regression")
                .contains("            var((Intercept)) |          0          .             .           .\n")
                .contains("                                                   Wald chi2(0)     =        .\n")
                .contains("chibar2(01) = 0.00          Prob >= chibar2 = 1.0000\n")
                .contains("no parameter inside, smallest curvature at the boundary 3.5e+00\n")
                .endsWith("On the boundary: var(Batch:(Intercept)) is zero\n");
    }

    @Test
    void a_fit_that_stopped_says_so_first_with_its_culprits() {
        Convergence end = new Convergence.Stopped(
                "the limit of 3 iterations is reached", List.of("predictors of very different scale: x 1e8, z 1e-3"));
        Certificate c = new Certificate(.25, Double.NaN, 1, 1, 0, List.of("var(id:week)"), 2, 1e-12);
        assertThat(table(KnownFits.ended(KnownFits.pig(), end, c)))
                .startsWith(
                        """
                Not converged: the limit of 3 iterations is reached
                Likely behind it: predictors of very different scale: x 1e8, z 1e-3
                What follows is where the search stopped.

                Mixed-effects ML regression""")
                .contains("Certificate: decrement 2.5e-01 (above 1e-12), Hessian with 1 positive, 1 zero and 0 negative"
                        + " eigenvalues, flat along var(id:week), nothing on the boundary\n");
    }

    @Test
    void a_failed_fit_has_no_table() {
        Convergence end = new Convergence.Failed("the likelihood is not finite at any start");
        assertThat(table(KnownFits.ended(KnownFits.pig(), end, null)))
                .startsWith("The fit failed: the likelihood is not finite at any start\n\nCertificate: none")
                .doesNotContain("Number of obs");
    }

    @Test
    void what_happened_to_the_data_is_told_at_the_end() {
        DataReport report = new DataReport(
                "pig.csv",
                "",
                1500,
                432,
                List.of(new DataReport.Dropped("missing", "age", 1067), new DataReport.Dropped("where", "", 1)),
                List.of(new DataReport.ColumnDropped("week2", "a combination of week")),
                List.of(new DataReport.LevelsDropped(
                        "race", List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"))),
                List.of(),
                KnownFits.pig().model().report().groups());
        List<Fit.Note> notes = List.of(
                new Fit.Note("short-of-digits", "only 5 digits"), new Fit.Note("x", "the Hessian was differenced"));
        assertThat(table(KnownFits.noted(KnownFits.pig(), report, notes)))
                .startsWith("Short of digits: only 5 digits\n\nMixed-effects")
                .endsWith(
                        """
                Note: the Hessian was differenced
                Data: 1,067 rows of 1,500 left out: missing age
                Data: 1 row of 1,500 left out: where
                Data: column week2 left out: a combination of week
                Data: no used row has race = a, b, c, d, e, f, g, h and 2 more
                """);
    }

    @Test
    void long_names_widen_both_boxes_instead_of_being_cut() {
        Fit pig = KnownFits.pig();
        String name = "income_of_household_in_thousands";
        Fit named = KnownFits.fit(
                KnownFits.model(
                        "weight",
                        List.of("(Intercept)", name),
                        pig.model().random().get(0),
                        pig.model().report()),
                pig.logLikelihood(),
                pig.nullLogLikelihood(),
                pig.beta(),
                pig.betaCovariance(),
                pig.random().get(0).covariance(),
                pig.parameters(),
                pig.parameterCovariance());
        String text = table(named);
        assertThat(text).contains(name + " |   6.209896   .0390124   159.18");
        String rule = "-".repeat(78 + name.length() - 12);
        assertThat(text.lines().filter(line -> line.startsWith("-") && !line.contains("+")))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).isEqualTo(rule));
        assertThat(text.lines().filter(line -> line.contains(" | ")))
                .allSatisfy(line -> assertThat(line).hasSize(rule.length()));
    }

    @Test
    void odd_levels_are_printed_with_their_decimals() {
        assertThat(StataTable.of(Summary.of(KnownFits.pig(), 99.5), Metric.VARIANCE))
                .contains("P>|z|   [99.5% conf. interval]\n");
    }

    @Test
    void several_groups_make_a_table_of_groups() {
        List<DataReport.Group> groups = List.of(
                new DataReport.Group("region", 9, 51, 816 / 9.0, 136), new DataReport.Group("state", 48, 17, 17, 17));
        assertThat(TableHeader.groupTable(groups))
                .containsExactly(
                        "",
                        "        Grouping information",
                        "        -------------------------------------------------------------",
                        "                        |     No. of       Observations per group",
                        "         Group variable |     groups    Minimum    Average    Maximum",
                        "        ----------------+--------------------------------------------",
                        "                 region |          9         51       90.7        136",
                        "                  state |         48         17       17.0         17",
                        "        -------------------------------------------------------------",
                        "");
    }
}
