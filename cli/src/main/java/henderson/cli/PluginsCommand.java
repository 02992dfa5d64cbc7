package henderson.cli;

import henderson.framework.Henderson.Installed;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code henderson plugins}. */
@Command(name = "plugins", description = "List what is installed, and from which jar.")
final class PluginsCommand implements Verb {
    private final PrintStream out;

    @Mixin
    private PluginOptions plugins;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    PluginsCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public int run() {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"kind", "name", "class", "from"});
        for (Installed p : plugins.henderson().plugins()) {
            rows.add(new String[] {p.kind(), p.name(), p.className(), p.origin()});
        }
        Columns.print(rows, "llll", out);
        return Main.GOOD;
    }
}
