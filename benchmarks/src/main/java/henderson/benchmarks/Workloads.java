package henderson.benchmarks;

import static henderson.benchmarks.Bar.cold;
import static henderson.benchmarks.Bar.warm;
import static henderson.benchmarks.Workload.fit;

import henderson.api.HendersonException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The workloads. Peers fit by maximum likelihood; {@code lmer} and {@code glmer} without their finite-difference Hessian. */
final class Workloads {
    private Workloads() {}

    /**
     * All of them.
     *
     * @param home folder of the project, whose data some use
     */
    static List<Workload> all(Path home) {
        DataFile sleepstudy = DataFile.ofProject("sleepstudy", home);
        DataFile logistic = new DataFile("logistic", Groups.logistic(20_000, 10));
        ModelText days = ModelText.linear("Reaction ~ Days + (Days | Subject)");
        ModelText slope = ModelText.linear("y ~ x1 + x2 + x3 + x4 + (x1 | g)");
        ModelText intercept = ModelText.linear("y ~ x1 + x2 + (1 | g)");
        ModelText trial = ModelText.linear("y ~ base + arm * visit").withResidual("unstructured(t | id)");
        String contraception = "y ~ age + urban + (1 | g)";
        return List.of(
                fit(
                        "sleepstudy",
                        "sleepstudy, 180 rows",
                        sleepstudy,
                        days,
                        List.of(
                                lmer(days.formula()),
                                lme("Reaction ~ Days", "~ Days | Subject"),
                                glmmTMB(days.formula()),
                                mixedlm("Reaction ~ Days", "Subject", "~Days")),
                        warm("lmer", 50),
                        cold("lmer", 3)),
                crossed(
                        "insteval",
                        "InstEval, crossed, 73,421 rows",
                        DataFile.ofProject("insteval", home),
                        "y ~ service + (1 | s) + (1 | d) + (1 | dept:service)"),
                fit(
                        "slope",
                        "random slope, 100,000 × 10",
                        new DataFile("slope", Groups.randomSlope(100_000, 10)),
                        slope,
                        List.of(
                                lmer(slope.formula()),
                                lme("y ~ x1 + x2 + x3 + x4", "~ x1 | g"),
                                glmmTMB(slope.formula())),
                        warm("lmer", 150),
                        cold("lmer", 5)),
                fit(
                        "intercept",
                        "random intercept, 10,000 × 100",
                        new DataFile("intercept", Groups.randomIntercept(10_000, 100)),
                        intercept,
                        List.of(
                                lmer(intercept.formula()),
                                lme("y ~ x1 + x2", "~ 1 | g"),
                                glmmTMB(intercept.formula()),
                                mixedlm("y ~ x1 + x2", "g", "1")),
                        warm("lmer", 500),
                        cold("lmer", 5)),
                fit(
                        "three-levels",
                        "three levels, 1,000 × 10 × 20",
                        new DataFile("three-levels", Groups.threeLevels(1_000, 10, 20)),
                        ModelText.linear("y ~ x1 + x2 + (1 | school/class)"),
                        List.of(
                                lmer("y ~ x1 + x2 + (1 | school/class)"),
                                lme("y ~ x1 + x2", "~ 1 | school/class"),
                                glmmTMB("y ~ x1 + x2 + (1 | school/class)")),
                        warm("lmer", 150),
                        cold("lmer", 5)),
                fit(
                        "ar1",
                        "AR(1) + intercept, 500 × 50",
                        new DataFile("ar1", Visits.autoregressive(500, 50)),
                        ModelText.linear("y ~ x + t + (1 | id)").withResidual("ar(1, t | id)"),
                        List.of(
                                Peer.r(
                                        "lme",
                                        "nlme",
                                        "lme(y ~ x + t, random = ~ 1 | id, correlation = corAR1(form = ~ t | id), "
                                                + "data = data, method = \"ML\")"),
                                Peer.r(
                                                "glmmTMB",
                                                "glmmTMB",
                                                "glmmTMB(y ~ x + t + (1 | id) + ar1(time + 0 | id), dispformula = ~ 0, data = data)")
                                        .prepared("data$time <- factor(data$t)")),
                        warm("lme", 100),
                        cold("lme", 5)),
                fit(
                        "arma",
                        "ARMA(1,1), 500 × 50",
                        new DataFile("arma", Visits.arma(500, 50)),
                        ModelText.linear("y ~ x + t").withResidual("arma(1, 1, t | id)"),
                        List.of(Peer.r(
                                "gls",
                                "nlme",
                                "gls(y ~ x + t, correlation = corARMA(form = ~ t | id, p = 1, q = 1), "
                                        + "data = data, method = \"ML\")")),
                        warm("gls", 100),
                        cold("gls", 5)),
                fit(
                        "visits-500",
                        "unstructured, 4 visits × 500",
                        new DataFile("visits-500", Visits.unstructured(500)),
                        trial,
                        trialPeers(),
                        warm("gls", 500),
                        warm("mmrm", 10),
                        cold("gls", 3)),
                fit(
                        "visits-20000",
                        "unstructured, 4 visits × 20,000",
                        new DataFile("visits-20000", Visits.unstructured(20_000)),
                        trial,
                        trialPeers(),
                        warm("gls", 1000),
                        cold("gls", 3)),
                generalized(
                        "logistic-laplace",
                        "logistic, 20,000 × 10, Laplace",
                        logistic,
                        ModelText.laplace(contraception, "binomial"),
                        300,
                        20),
                fit(
                        "logistic-agq7",
                        "logistic, 20,000 × 10, 7 points",
                        logistic,
                        ModelText.quadrature(contraception, "binomial", 7),
                        List.of(glmer(contraception, "binomial", 7)),
                        warm("glmer", 300),
                        cold("glmer", 20)),
                generalized(
                        "poisson",
                        "Poisson, two effects, 2,000 × 10",
                        new DataFile("poisson", Groups.poisson(2_000, 10)),
                        ModelText.laplace("y ~ x1 + x2 + (1 + x1 | g)", "poisson"),
                        100,
                        3),
                generalized(
                        "verbagg",
                        "VerbAgg, crossed logistic, 7,584 rows",
                        DataFile.ofProject("verbagg", home),
                        ModelText.laplace(
                                "r2n ~ Anger + Gender + btype + situ + mode + (1 | id) + (1 | item)", "binomial"),
                        80,
                        3),
                fit(
                        "ten-million",
                        "10 million rows from CSV",
                        new DataFile("ten-million", Groups.randomIntercept(100_000, 100)),
                        intercept,
                        List.of(lmer(intercept.formula())),
                        new Bar(Bar.Kind.READING, "", 1.5),
                        new Bar(Bar.Kind.MEMORY, "", 1024)),
                fit(
                        "ratings",
                        "crossed ratings, 1,000,000 rows",
                        new DataFile("ratings", Ratings.crossed(1_000_000, 6_040, 3_706)),
                        ModelText.linear("y ~ 1 + (1 | user) + (1 | item)"),
                        List.of(evaluations("y ~ 1 + (1 | user) + (1 | item)", "c(0.5, 0.6)", 25)),
                        warm("lmer", 15)),
                fit(
                                "bootstrap",
                                "bootstrap of sleepstudy, 10,000",
                                sleepstudy,
                                days,
                                List.of(refits(days.formula(), 200, 10_000)),
                                warm("lmer", 200))
                        .bootstrap(10_000),
                fit(
                                "satterthwaite",
                                "Satterthwaite, 10,000 rows",
                                new DataFile("slope-1000", Groups.randomSlope(1_000, 10)),
                                slope,
                                List.of(
                                        Peer.r(
                                                "lmerTest",
                                                "lmerTest",
                                                "{ fit <- lmerTest::lmer(" + slope.formula()
                                                        + ", data = data, REML = FALSE, "
                                                        + "control = lme4::lmerControl(calc.derivs = FALSE)); summary(fit); fit }")))
                        .byCommand("fit", "--df", "satterthwaite"));
    }

    /**
     * Those of some names, in the order of the table; all where none are named.
     *
     * @throws HendersonException for a name that none has
     */
    static List<Workload> named(List<String> names, Path home) {
        List<Workload> all = all(home);
        List<String> known = all.stream().map(Workload::name).toList();
        names.stream().filter(Predicate.not(known::contains)).findFirst().ifPresent(name -> {
            throw new HendersonException(
                    "No workload is named '" + name + "'. Known: " + String.join(", ", known) + ".",
                    "Maybe leave --workloads out, for all.");
        });
        return all.stream()
                .filter(each -> names.isEmpty() || names.contains(each.name()))
                .toList();
    }

    private static Workload crossed(String name, String title, DataFile data, String formula) {
        return fit(
                name,
                title,
                data,
                ModelText.linear(formula),
                List.of(lmer(formula), glmmTMB(formula)),
                warm("lmer", 15),
                cold("lmer", 8));
    }

    private static Workload generalized(
            String name, String title, DataFile data, ModelText model, double warm, double cold) {
        String call = "glmmTMB(" + model.formula() + ", data = data, family = " + model.family() + ")";
        return fit(
                name,
                title,
                data,
                model,
                List.of(glmer(model.formula(), model.family(), 1), Peer.r("glmmTMB", "glmmTMB", call)),
                warm("glmer", warm),
                cold("glmer", cold));
    }

    private static Peer lmer(String formula) {
        return Peer.r("lmer", "lme4", lmerCall(formula));
    }

    private static String lmerCall(String formula) {
        return "lmer(" + formula + ", data = data, REML = FALSE, control = lmerControl(calc.derivs = FALSE))";
    }

    private static Peer glmer(String formula, String family, int points) {
        return Peer.r(
                "glmer",
                "lme4",
                "glmer(" + formula + ", data = data, family = " + family + ", nAGQ = " + points
                        + ", control = glmerControl(calc.derivs = FALSE))");
    }

    private static Peer lme(String fixed, String random) {
        return Peer.r("lme", "nlme", "lme(" + fixed + ", random = " + random + ", data = data, method = \"ML\")");
    }

    private static Peer glmmTMB(String formula) {
        return Peer.r("glmmTMB", "glmmTMB", "glmmTMB(" + formula + ", data = data)");
    }

    private static Peer mixedlm(String fixed, String group, String random) {
        return Peer.python("smf.mixedlm(\"" + fixed + "\", data, groups=\"" + group + "\", re_formula=\"" + random
                + "\").fit(reml=False)");
    }

    private static List<Peer> trialPeers() {
        return List.of(
                Peer.r(
                        "gls",
                        "nlme",
                        "gls(y ~ base + arm * visit, correlation = corSymm(form = ~ t | id), "
                                + "weights = varIdent(form = ~ 1 | visit), data = data, method = \"ML\")"),
                Peer.r(
                                "glmmTMB",
                                "glmmTMB",
                                "glmmTMB(y ~ base + arm * visit + us(visit + 0 | id), dispformula = ~ 0, data = data)")
                        .prepared("data$visit <- factor(data$visit)"),
                Peer.r("mmrm", "mmrm", "mmrm(y ~ base + arm * visit + us(visit | id), data = data, reml = FALSE)")
                        .prepared("for (each in c(\"visit\", \"id\")) data[[each]] <- factor(data[[each]])"));
    }

    /** One value of the profiled deviance after a first that is not timed. */
    private static Peer evaluations(String formula, String theta, int number) {
        return Peer.r("lmer", "lme4", "{ deviance(" + theta + "); NULL }")
                .prepared("parsed <- lFormula(" + formula + ", data = data, REML = FALSE)\n"
                        + "deviance <- do.call(mkLmerDevfun, parsed)\n"
                        + "first <- deviance(1.1 * " + theta + ")")
                .times(number, number + " evaluations");
    }

    /** Simulation and refits of some replicates. */
    private static Peer refits(String formula, int measured, int replicates) {
        return Peer.r(
                        "lmer",
                        "lme4",
                        "{ for (y in simulate(fit, nsim = " + measured + ", seed = 1)) refit(fit, y); fit }")
                .prepared("fit <- " + lmerCall(formula))
                .times((double) replicates / measured, replicates + " refits, from " + measured);
    }
}
