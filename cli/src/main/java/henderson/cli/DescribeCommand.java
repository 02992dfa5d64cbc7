package henderson.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code henderson describe}. */
@Command(name = "describe", description = "Show the columns of a data file: type, missing values, levels.")
final class DescribeCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DataOptions data;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    DescribeCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        out.println(data.file());
        return Main.GOOD;
    }
}
