package henderson.cli;

import henderson.api.Criterion;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.data.RFormula;
import henderson.data.ReadOptions;
import henderson.data.Table;
import henderson.framework.Henderson;
import henderson.inference.GroupRegressions;
import henderson.report.EstatJson;
import henderson.report.GroupsText;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code henderson groups}. */
@Command(name = "groups", description = "Least squares in each group, and in all together.", sortOptions = false)
final class GroupsCommand implements Verb {
    private final PrintStream out;

    @Mixin
    private DataOptions data;

    @Parameters(index = "1", paramLabel = "FORMULA", description = "Such as \"gcse ~ lrt | school\".")
    private String formula;

    @Option(names = "--where", paramLabel = "FILTER", description = "Rows to use, such as \"nstu > 4\".")
    private @Nullable String where;

    @Option(names = "--weights", paramLabel = "NAME", description = "Column of precision weights.")
    private @Nullable String weights;

    @Option(names = "--each", description = "Show the coefficients of every group.")
    private boolean each;

    @Option(names = "--output", paramLabel = "text|json", description = "What is printed.")
    private String output = "text";

    @Mixin
    private PluginOptions plugins;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    GroupsCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public int run() {
        boolean json = Output.json(output);
        ReadOptions readOptions = data.readOptions();
        Henderson henderson = plugins.henderson();
        ModelSpec spec = henderson
                .parse(withRandomTerm(formula))
                .withWhere(where == null ? null : RFormula.parseFilter(where))
                .withWeights(weights)
                .withFactors(readOptions.factors())
                .withNumeric(readOptions.numeric());
        GroupRegressions groups;
        try (Listening listening = Listening.of(null, Criterion.ML)) {
            Table table = henderson.read(data.file(), readOptions, listening.listener());
            Model model = henderson.model(spec, table, listening.listener());
            groups = GroupRegressions.of(model);
        }
        out.print(json ? EstatJson.regressions(groups) : GroupsText.of(groups, formula.strip(), each));
        return Main.GOOD;
    }

    /** {@code y ~ x | g} as {@code y ~ x + (1 | g)}. */
    static String withRandomTerm(String formula) {
        int bar = -1;
        int depth = 0;
        for (int i = 0; i < formula.length(); i++) {
            char c = formula.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            bar = c == '|' && depth == 0 ? i : bar;
        }
        if (bar < 0) {
            throw new HendersonException(
                    "The formula '" + formula + "' does not say what the groups are.", "Maybe y ~ x | group.");
        }
        return formula.substring(0, bar).strip() + " + (1 | "
                + formula.substring(bar + 1).strip() + ")";
    }
}
