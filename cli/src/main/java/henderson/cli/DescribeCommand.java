package henderson.cli;

import henderson.api.FitListener;
import henderson.data.ColumnInfo;
import henderson.data.Table;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code henderson describe}. */
@Command(name = "describe", description = "Show the columns of a data file: type, missing values, range or levels.")
final class DescribeCommand implements Verb {
    /** Levels shown of a categorical column. */
    private static final int SHOWN = 6;

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
    public int run() {
        Table table = Table.read(data.file(), data.readOptions(), FitListener.SILENT);
        out.println(table.source() + ": " + count(table.rows()) + " rows, "
                + count(table.names().size()) + " columns");
        out.println();
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"column", "type", "missing", "values"});
        for (String name : table.names()) {
            ColumnInfo c = table.column(name);
            rows.add(new String[] {name, c.type().name().toLowerCase(Locale.ROOT), count(c.missing()), values(c)});
        }
        Columns.print(rows, "llrl", out);
        return Main.GOOD;
    }

    private static String values(ColumnInfo c) {
        if (c.type() == ColumnInfo.Type.NUMERIC) {
            return Double.isNaN(c.min()) ? "" : number(c.min()) + " to " + number(c.max());
        }
        int shown = Math.min(SHOWN, c.levels().size());
        return count(c.levels().size())
                + (c.levels().size() == 1 ? " level: " : " levels: ")
                + String.join(", ", c.levels().subList(0, shown))
                + (c.levels().size() > shown ? ", ..." : "");
    }

    /** Up to ten digits. */
    private static String number(double x) {
        if (!Double.isFinite(x)) {
            return Double.toString(x);
        }
        BigDecimal rounded = new BigDecimal(x).round(new MathContext(10)).stripTrailingZeros();
        return x == 0 ? "0" : Math.abs(x) >= 1e-5 && Math.abs(x) < 1e15 ? rounded.toPlainString() : rounded.toString();
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
