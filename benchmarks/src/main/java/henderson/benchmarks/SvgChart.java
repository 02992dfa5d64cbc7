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
              .warm { fill: #3391b5; }
              .cold { fill: #bd8628; }
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
        int bottom = TOP + rows.values().stream().mapToInt(SvgChart::height).sum();
        int height = bottom + 44;
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
        axis(bottom);
        int y = TOP;
        for (Map.Entry<String, List<Verdict>> row : rows.entrySet()) {
            row(row.getKey(), row.getValue(), y);
            y += height(row.getValue());
        }
        String machine = results.machine().getOrDefault("processor", "");
        text(16, height - 12, "small", "start", machine + ", Java " + System.getProperty("java.version"));
        return svg.append("</svg>\n").toString();
    }

    private void heading() {
        text(16, 28, "title", "start", "Henderson: how many times faster than the peer");
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
        double middle = y + height(verdicts) / 2.0;
        text(LEFT - 14, middle - 4, "", "end", title);
        text(LEFT - 14, middle + 11, "small", "end", "peer: " + peers(verdicts));
        boolean several = verdicts.stream().map(v -> v.bar().peer()).distinct().count() > 1;
        double top = middle - (verdicts.size() * (BAR + GAP) - GAP) / 2.0;
        for (Verdict v : verdicts) {
            bar(v, label(v, several ? " " + v.bar().peer() : ""), top);
            top += BAR + GAP;
        }
    }

    private void bar(Verdict v, String label, double top) {
        double end = x(Math.max(1, v.value()));
        double goal = x(v.bar().value());
        rectangle(v.bar().kind().title(), LEFT, top, Math.max(1, end - LEFT), BAR);
        line("goal", goal, top - 1.5, goal, top + BAR + 1.5);
        // behind a goal that would run through it
        boolean crossed = goal > end && goal - end < 14 + 7.2 * label.length();
        text((crossed ? goal : end) + 7, top + BAR - 2.5, "", "start", label);
    }

    private static int height(List<Verdict> verdicts) {
        return Math.max(2, verdicts.size()) * (BAR + GAP) + 12;
    }

    private static String peers(List<Verdict> verdicts) {
        return String.join(
                ", ", verdicts.stream().map(v -> v.bar().peer()).distinct().toList());
    }

    /** The ratio; where it is missed, the goal too. */
    private static String label(Verdict v, String peer) {
        String value = (v.least() ? "> " : "") + Numbers.ratio(v.value()) + peer;
        return v.outcome() == Verdict.Outcome.MISSED ? value + " (goal " + goal(v) + ")" : value;
    }

    private static String goal(Verdict v) {
        return Numbers.goal(v.bar().value()) + "×";
    }

    /** What the picture shows, in words. */
    private String description() {
        List<String> parts = new ArrayList<>();
        for (Verdict v : shown) {
            String value = (v.least() ? "more than " : "") + Numbers.ratio(v.value());
            parts.add(v.title() + ", " + v.bar().kind().title() + ": " + value + " "
                    + v.bar().peer() + ", goal " + goal(v));
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
