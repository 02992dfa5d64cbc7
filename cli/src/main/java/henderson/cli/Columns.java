package henderson.cli;

import java.io.PrintStream;
import java.util.List;

/** Prints rows of text in columns, the first row as their titles. */
final class Columns {
    private Columns() {}

    /**
     * Prints.
     *
     * @param alignment one letter a column: {@code l} left, {@code r} right
     */
    static void print(List<String[]> rows, String alignment, PrintStream out) {
        int[] widths = new int[alignment.length()];
        for (String[] row : rows) {
            for (int j = 0; j < widths.length; j++) {
                widths[j] = Math.max(widths[j], row[j].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < widths.length; j++) {
                String space = " ".repeat(widths[j] - row[j].length());
                line.append(j == 0 ? "" : "  ");
                line.append(alignment.charAt(j) == 'r' ? space + row[j] : row[j] + space);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
