package henderson.cli.stata;

import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.inference.LikelihoodRatio;
import henderson.inference.LinearCombination;
import henderson.inference.RowStatistics;
import henderson.inference.Summary;
import henderson.inference.WaldTest;
import henderson.report.GeneralFormat;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code lrtest}, {@code test} and {@code lincom}. */
final class Tests {
    private static final Pattern PARENTHESES = Pattern.compile("\\(([^()]*)\\)\\s*");

    private final Workspace work;
    private final PrintStream out;

    Tests(Workspace work) {
        this.work = work;
        this.out = work.out();
    }

    void likelihoodRatio(Words words) {
        words.allow("force", "stats");
        List<String> names = words.names();
        if (names.isEmpty() || names.size() > 2) {
            throw new HendersonException("Command: lrtest compares two fits.", "Maybe lrtest larger smaller.");
        }
        String a = names.get(0);
        String b = names.size() == 1 ? "." : names.get(1);
        Summary one = work.stored(a).summary();
        Summary two = work.stored(b).summary();
        Fit first = one.fit();
        Fit second = two.fit();
        LikelihoodRatio ratio = LikelihoodRatio.of(candidate(one, a), candidate(two, b), words.has("force", 2));
        boolean larger = first.parameterCount() > second.parameterCount();
        int df = ratio.test().df();
        String left = "LR chi2(" + df + ")";
        out.println();
        out.println("Likelihood-ratio test");
        out.println("Assumption: " + (larger ? b : a) + " nested within " + (larger ? a : b));
        out.println();
        out.println(GeneralFormat.pad(left, 12) + " = "
                + String.format(Locale.ROOT, "%.2f", ratio.test().statistic()));
        out.println(GeneralFormat.pad("Prob > chi2", 12) + " = "
                + GeneralFormat.probability(ratio.test().pValue(), 4));
        if (ratio.variance()) {
            out.println();
            out.println("Note: variances among the parameters tested cannot be negative, so the test is conservative.");
        }
    }

    private static LikelihoodRatio.Candidate candidate(Summary summary, String name) {
        Fit fit = summary.fit();
        String word = name.equals(".") ? "the last fit" : name;
        return new LikelihoodRatio.Candidate(fit, RowStatistics.of(fit), word, summary.robust() != null);
    }

    /** {@code test a b}, {@code test a = b}, {@code test (a = 1) (b = c)}; {@code testparm i.race}. */
    void wald(Words words, boolean patterns) {
        words.allow();
        Fit fit = work.current().fit();
        List<String> names = fit.model().fixedNames();
        List<String> hypotheses = patterns ? matching(words, names) : hypotheses(words.body());
        if (hypotheses.isEmpty()) {
            throw new HendersonException("Command: test needs coefficients.", "Maybe test " + names.get(0) + ".");
        }
        double[][] weights = new double[hypotheses.size()][];
        double[] constants = new double[weights.length];
        out.println();
        for (int i = 0; i < weights.length; i++) {
            String[] sides = hypotheses.get(i).split("=+", -1);
            double[] left = LinearParser.parse(sides[0], names);
            for (int s = 1; s < sides.length; s++) {
                double[] right = LinearParser.parse(sides[s], names);
                for (int k = 0; k < left.length; k++) {
                    left[k] -= right[k];
                }
            }
            weights[i] = java.util.Arrays.copyOf(left, names.size());
            constants[i] = left[names.size()];
            out.println(GeneralFormat.pad("(" + GeneralFormat.pad(Integer.toString(i + 1), 2) + ")", 5) + "  "
                    + hypotheses.get(i).strip() + (sides.length == 1 ? " = 0" : ""));
        }
        WaldTest test = LinearCombination.joint(fit, weights, constants);
        String df = GeneralFormat.pad(Integer.toString(test.df()), 3);
        out.println();
        out.println("           chi2(" + df + ") = " + GeneralFormat.twoDecimals(orNaN(test.statistic()), 8));
        out.println(
                "         Prob > chi2 = " + GeneralFormat.pad(GeneralFormat.probability(orNaN(test.pValue()), 4), 9));
    }

    private static double orNaN(@Nullable Double x) {
        return x == null ? Double.NaN : x;
    }

    private static List<String> hypotheses(String body) {
        if (body.startsWith("(")) {
            List<String> out = new ArrayList<>();
            Matcher m = PARENTHESES.matcher(body);
            int at = 0;
            while (at < body.length() && m.region(at, body.length()).lookingAt()) {
                out.add(m.group(1));
                at = m.end();
            }
            return at < body.length() ? List.of(body) : out;
        }
        return body.contains("=") || body.isBlank()
                ? (body.isBlank() ? List.of() : List.of(body))
                : List.of(body.split("\\s+"));
    }

    /** Coefficients of variables such as {@code i.race} or {@code i.race#c.x}. */
    private static List<String> matching(Words words, List<String> names) {
        List<String> out = new ArrayList<>();
        for (String word : words.names()) {
            String[] wanted = word.split("#");
            for (String name : names) {
                String[] parts = name.split("#");
                boolean same = parts.length == wanted.length;
                for (int i = 0; same && i < parts.length; i++) {
                    String variable = wanted[i].replaceFirst("^i\\.", "");
                    same = parts[i].equals(wanted[i])
                            || wanted[i].startsWith("i.")
                                    && parts[i].matches("[^.]+\\.\\Q" + variable + "\\E")
                                    && !parts[i].startsWith("c.");
                }
                if (same) {
                    out.add(name);
                }
            }
        }
        return out;
    }

    void combination(Words words) {
        words.allow("level");
        Fitted fitted = work.current();
        List<String> names = fitted.fit().model().fixedNames();
        double[] c = LinearParser.parse(words.body(), names);
        double level = words.number("level", fitted.summary().level());
        LinearCombination l =
                LinearCombination.of(fitted.fit(), java.util.Arrays.copyOf(c, names.size()), c[names.size()], level);
        String rule = "-".repeat(78);
        String percent = level == Math.rint(level) ? Long.toString((long) level) : Double.toString(level);
        out.println();
        out.println(" ( 1)  " + words.body() + " = 0");
        out.println();
        out.println(rule);
        out.println(GeneralFormat.pad(fitted.fit().model().responseName(), 12)
                + " | Coefficient  Std. err.      z    P>|z|     [" + percent + "% conf. interval]");
        out.println("-".repeat(13) + "+" + "-".repeat(64));
        out.println("         (1) |  " + GeneralFormat.nine(l.estimate()) + "  "
                + GeneralFormat.nine(orNaN(l.standardError())) + ' '
                + GeneralFormat.twoDecimals(orNaN(l.statistic()), 8) + "   "
                + GeneralFormat.pad(GeneralFormat.probability(orNaN(l.pValue()), 3), 5) + "    "
                + GeneralFormat.nine(orNaN(l.lower())) + "   " + GeneralFormat.nine(orNaN(l.upper())));
        out.println(rule);
    }
}
