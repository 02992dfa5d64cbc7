package henderson.validation;

import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.data.ReadOptions;
import henderson.framework.Henderson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Every optimizer on ten reference cases: evaluations and time of whole fits, as the tables of {@code docs/optimizers.md}. */
final class OptimizerTable {
    /** All sizes and arrangements that are quick: nested, crossed, one with its optimum on the boundary. */
    static final List<String> CASES = List.of(
            "pig_random_slope_independent_printed",
            "sleepstudy_us_ml",
            "pastes_reml",
            "penicillin_ml",
            "machines_us_reml",
            "oats_nitro_reml",
            "dyestuff2_reml",
            "orthodont_us_ml",
            "pixel_reml",
            "scotssec_reml");

    private static final int WARM_UP = 30;
    private static final int RUNS = 31;

    private final Henderson henderson = Henderson.create();
    private final DataFolders folders;

    OptimizerTable(Path home) {
        this.folders = DataFolders.find(home, null, Path.of(""));
    }

    /** A case with its model. */
    record Problem(ReferenceCase reference, Model model) {}

    List<Problem> problems() {
        List<Problem> out = new ArrayList<>();
        for (ReferenceCase c : CaseChoice.of(CaseFiles.read(folders.cases()), CASES, false)) {
            ModelSpec spec = henderson.parse(c.formula()).withFactors(c.factors());
            Path file = java.util.Objects.requireNonNull(folders.data(c.data()), c.data());
            out.add(new Problem(
                    c, henderson.model(spec, henderson.read(file, new ReadOptions(c.factors(), Set.of())))));
        }
        return out;
    }

    List<String> optimizers() {
        return List.copyOf(henderson.registry().optimizers().keySet());
    }

    Fit fit(Problem problem, String optimizer) {
        FitOptions options = FitOptions.DEFAULT
                .withCriterion(problem.reference().criterion())
                .withEstimator("newton")
                .withOptimizer(optimizer);
        return henderson.fit(problem.model(), options);
    }

    /** Whether the optimizer takes a model of so many variance parameters. */
    static boolean takes(String optimizer, Problem problem) {
        return !optimizer.equals("bobyqa")
                || problem.model().random().size() > 1
                || problem.model().random().get(0).structure().coordinates().size() > 1;
    }

    /** Evaluations and median milliseconds of each pair, repetitions interleaved. */
    private Map<String, double[]> measure(List<Problem> problems) {
        Map<String, double[]> out = new LinkedHashMap<>();
        for (Problem problem : problems) {
            double[][] times = new double[optimizers().size()][RUNS];
            for (int run = -WARM_UP; run < RUNS; run++) {
                for (int o = 0; o < times.length; o++) {
                    String name = optimizers().get(o);
                    if (takes(name, problem)) {
                        long begin = System.nanoTime();
                        Fit fit = fit(problem, name);
                        times[o][Math.max(run, 0)] = 1e-6 * (System.nanoTime() - begin);
                        out.put(key(problem, name), new double[] {fit.evaluations(), Double.NaN});
                    }
                }
            }
            for (int o = 0; o < times.length; o++) {
                double[] result = out.get(key(problem, optimizers().get(o)));
                if (result != null) {
                    Arrays.sort(times[o]);
                    result[1] = times[o][RUNS / 2];
                }
            }
        }
        return out;
    }

    private static String key(Problem problem, String optimizer) {
        return problem.reference().id() + " " + optimizer;
    }

    private String table(List<Problem> problems, Map<String, double[]> measured, int what, String format) {
        StringBuilder out = new StringBuilder("| case | parameters |");
        optimizers().forEach(o -> out.append(" `").append(o).append("` |"));
        out.append("\n|---|---|").append("---|".repeat(optimizers().size())).append('\n');
        for (Problem problem : problems) {
            int parameters = problem.model().random().stream()
                    .mapToInt(t -> t.structure().coordinates().size())
                    .sum();
            out.append("| ")
                    .append(problem.reference().id())
                    .append(" | ")
                    .append(parameters)
                    .append(" |");
            for (String name : optimizers()) {
                double[] result = measured.get(key(problem, name));
                out.append(result == null ? " –" : String.format(Locale.ROOT, " " + format, result[what]))
                        .append(" |");
            }
            out.append('\n');
        }
        return out.toString();
    }

    /** Prints both tables in Markdown; the argument is the folder that holds {@code validation}. */
    public static void main(String[] arguments) {
        OptimizerTable table = new OptimizerTable(Path.of(arguments.length > 0 ? arguments[0] : "."));
        List<Problem> problems = table.problems();
        Map<String, double[]> measured = table.measure(problems);
        System.out.println("Evaluations of the whole fit:\n");
        System.out.println(table.table(problems, measured, 0, "%.0f"));
        System.out.println("Milliseconds of the whole fit:\n");
        System.out.println(table.table(problems, measured, 1, "%.1f"));
    }
}
