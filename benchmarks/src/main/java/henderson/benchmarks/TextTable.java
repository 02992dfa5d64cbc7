package henderson.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in aligned columns, plain or as Markdown. */
final class TextTable {
    private final List<String> headers;
    /** Which columns are numbers, to the right. */
    private final boolean[] right;

    private final List<List<String>> rows = new ArrayList<>();

    /**
     * @param headers those of numbers end with {@code >}, which is not shown
     */
    TextTable(String... headers) {
        this.headers =
                Arrays.stream(headers).map(header -> header.replace(">", "")).toList();
        right = new boolean[headers.length];
        for (int i = 0; i < headers.length; i++) {
            right[i] = headers[i].endsWith(">");
        }
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Columns two spaces apart, a rule below the headers. */
    String plain() {
        StringBuilder text = new StringBuilder();
        int[] widths = widths();
        line(text, headers, widths, "", "  ", "");
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        line(text, rule, widths, "", "  ", "");
        rows.forEach(row -> line(text, row, widths, "", "  ", ""));
        return text.toString();
    }

    /** A table of Markdown, aligned too. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        int[] widths = widths();
        line(text, headers, widths, "| ", " | ", " |");
        List<String> rule = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            rule.add("-".repeat(widths[i] - 1) + (right[i] ? ":" : "-"));
        }
        line(text, rule, widths, "| ", " | ", " |");
        rows.forEach(row -> line(text, row, widths, "| ", " | ", " |"));
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[headers.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .reduce(Math.max(2, headers.get(i).length()), Math::max);
        }
        return widths;
    }

    private void line(
            StringBuilder text, List<String> cells, int[] widths, String before, String between, String after) {
        StringBuilder line = new StringBuilder(before);
        for (int i = 0; i < widths.length; i++) {
            String blank = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? "" : between);
            line.append(right[i] ? blank + cells.get(i) : cells.get(i) + blank);
        }
        text.append(line.append(after).toString().stripTrailing()).append('\n');
    }
}
