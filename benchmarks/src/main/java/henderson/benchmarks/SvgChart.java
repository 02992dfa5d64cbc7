package henderson.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The ratios to the peers of the bars, as bars on a logarithmic axis, with a mark at each goal. Readable on light and dark. */
final class SvgChart {
    private static final int WIDTH = 860;
    private static final int LEFT = 250;
    private static final int RIGHT = 110;
    private static final int TOP = 92;
    private static final int ROW = 44;
    private static final int BAR = 13;
    private static final int GAP = 3;

    private static final String STYLE =
            """
            text { font: 13px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328; }
            .title { font-size: 17px; font-weight: 600; }
            .small { font-size: 11.5px; fill: #59636e; }
            .grid { stroke: #d1d9e0; stroke-width: 1; }
            .one { stroke: #59636e; stroke-width: 1.2; }
            .warm { fill: #1a6f8f; }
            .cold { fill: #c98a1b; }
            .goal { stroke: #1f2328; stroke-width: 2.4; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3; }
              .small { fill: #9aa4af; }
              .grid { stroke: #30363d; }
              .one { stroke: #9aa4af; }
              .warm { fill: #56b6d6; }
              .cold { fill: #e0ab4c; }
              .goal { stroke: #ffffff; }
            }
            """;

    private final List<Verdict> shown;
    private final Map<String, List<Verdict>> rows = new LinkedHashMap<>();
    private final int decades;
    private final StringBuilder svg = new StringBuilder();

    private SvgChart(Results results) {
        shown = results.verdicts().stream()
                .filter(v -> v.bar().kind().least() && !Double.isNaN(v.value()))
                .toList();
        shown.forEach(
                v -> rows.computeIfAbsent(v.title(), t -> new ArrayList<>()).add(v));
        double most = shown.stream()
                .mapToDouble(v -> Math.max(v.value(), v.bar().value()))
                .max()
                .orElse(10);
        decades = Math.max(1, (int) Math.ceil(Math.log10(most)));
    }

    static String write(Results results) {
        return new SvgChart(results).draw(results);
    }

    private String draw(Results results) {
        int height = TOP + rows.size() * ROW + 44;
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " aria-labelledby=\"title description\">%n",
                WIDTH,
                height,
                WIDTH,
                height));
        svg.append("<title id=\"title\">How many times faster Henderson is than its peers</title>\n");
        svg.append("<desc id=\"description\">").append(escaped(description())).append("</desc>\n");
        svg.append("<style>\n").append(STYLE).append("</style>\n");
        heading();
        axis(TOP + rows.size() * ROW);
        int y = TOP;
        for (Map.Entry<String, List<Verdict>> row : rows.entrySet()) {
            row(row.getKey(), row.getValue(), y);
            y += ROW;
        }
        String machine = results.machine().getOrDefault("processor", "");
        text(16, height - 12, "small", "start", machine + ", Java " + System.getProperty("java.version"));
        return svg.append("</svg>\n").toString();
    }

    private void heading() {
        text(16, 28, "title", "start", "How many times faster than the peer");
        int y = 52;
        rectangle("warm", 16, y - 10, 22, 11);
        text(44, y, "", "start", "warm: the fit alone, one thread, CPU time");
        rectangle("cold", 318, y - 10, 22, 11);
        text(346, y, "", "start", "cold: the whole command, elapsed time");
        line("goal", 602, y - 13, 602, y + 4);
        text(612, y, "", "start", "goal");
    }

    private void axis(int bottom) {
        for (int d = 0; d <= decades; d++) {
            double x = x(Math.pow(10, d));
            line(d == 0 ? "one" : "grid", x, TOP - 10, x, bottom);
            text(x, TOP - 15, "small", "middle", String.format(Locale.ROOT, "%,d×", (long) Math.pow(10, d)));
        }
    }

    private void row(String title, List<Verdict> verdicts, int y) {
        text(LEFT - 14, y + ROW / 2.0 - 4, "", "end", title);
        text(LEFT - 14, y + ROW / 2.0 + 11, "small", "end", "peer: " + peers(verdicts));
        double top = y + (ROW - verdicts.size() * (BAR + GAP) + GAP) / 2.0;
        for (Verdict v : verdicts) {
            double end = x(Math.max(1, v.value()));
            rectangle(v.bar().kind().title(), LEFT, top, Math.max(1, end - LEFT), BAR);
            double goal = x(v.bar().value());
            line("goal", goal, top - 1.5, goal, top + BAR + 1.5);
            text(Math.max(end, goal > end && goal - end < 60 ? goal : end) + 7, top + BAR - 2.5, "", "start", label(v));
            top += BAR + GAP;
        }
    }

    private static String peers(List<Verdict> verdicts) {
        return String.join(
                ", ", verdicts.stream().map(v -> v.bar().peer()).distinct().toList());
    }

    private static String label(Verdict v) {
        String value = (v.least() ? "> " : "") + Numbers.ratio(v.value());
        return v.outcome() == Verdict.Outcome.MISSED
                ? value + " (goal " + Numbers.ratio(v.bar().value()) + ")"
                : value;
    }

    /** What the picture shows, in words. */
    private String description() {
        List<String> parts = new ArrayList<>();
        for (Verdict v : shown) {
            parts.add(v.title() + ", " + v.bar().kind().title() + ": " + label(v).replace("> ", "more than ") + " "
                    + v.bar().peer() + ", goal " + Numbers.ratio(v.bar().value()));
        }
        return "Ratios of times on a logarithmic axis. " + String.join("; ", parts) + ".";
    }

    private double x(double ratio) {
        return LEFT + Math.log10(ratio) / decades * (WIDTH - LEFT - RIGHT);
    }

    private void rectangle(String kind, double x, double y, double width, double height) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\"/>%n",
                kind,
                x,
                y,
                width,
                height));
    }

    private void line(String kind, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                kind,
                x1,
                y1,
                x2,
                y2));
    }

    private void text(double x, double y, String kind, String anchor, String words) {
        String style = kind.isEmpty() ? "" : " class=\"" + kind + "\"";
        svg.append(String.format(
                Locale.ROOT,
                "<text%s x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                style,
                x,
                y,
                anchor,
                escaped(words)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
