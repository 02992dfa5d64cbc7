package henderson.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReportTest {
    private final Results results = Samples.results();

    @Test
    void text_is_aligned() {
        TextTable table = new TextTable("name", "seconds>");
        table.row("a long name", "1.5");
        table.row("b", "12.5");
        assertThat(table.plain())
                .isEqualTo(
                        """
                        name         seconds
                        -----------  -------
                        a long name      1.5
                        b               12.5
                        """);
        assertThat(table.markdown())
                .isEqualTo(
                        """
                        | name        | seconds |
                        | ----------- | ------: |
                        | a long name |     1.5 |
                        | b           |    12.5 |
                        """);
    }

    @Test
    void text_tells_every_bar_and_every_program() {
        String text = Report.text(results);
        assertThat(line(text, "a fast one", "warm", "lmer")).contains("0.002", "0.300", "150×", "≥ 50×", "reached");
        assertThat(line(text, "a slow one", "cold")).contains("> 600 s", "> 150×", "≥ 8×");
        assertThat(line(text, "a large file", "peak memory")).contains("1,500 MiB", "≤ 1,024", "missed");
        assertThat(line(text, "mmrm", "not installed")).contains("absent");
        assertThat(text).contains("calc.derivs = FALSE", "R: 4.2.2");
    }

    @Test
    void threads_are_compared_bit_by_bit() {
        String text = Report.text(results);
        assertThat(line(text, "a fast one", "yes")).contains("2.00");
        assertThat(line(text, "a slow one", "NO")).contains("1.00");
    }

    @Test
    void markdown_has_the_same_rows_and_whole_tables() {
        String markdown = Report.markdown(results);
        List<String> rows =
                markdown.lines().filter(each -> each.startsWith("|")).toList();
        assertThat(rows).hasSizeGreaterThan(15).allMatch(each -> each.endsWith("|"));
        assertThat(line(markdown, "a slow one", "warm", "lmer")).contains("missed: 3.00× short");
    }

    @Test
    void json_has_all_samples_and_no_special_numbers() {
        String json = JsonReport.write(results);
        JsonObject all = JsonParser.parseString(json).getAsJsonObject();
        assertThat(json).doesNotContain("NaN");
        assertThat(all.getAsJsonObject("machine").get("R").getAsString()).isEqualTo("4.2.2");
        JsonObject first = all.getAsJsonArray("measurements").get(0).getAsJsonObject();
        assertThat(first.getAsJsonArray("cpu")).hasSize(3);
        assertThat(first.get("medianCpu").getAsDouble()).isEqualTo(0.002);
        JsonObject bar = all.getAsJsonArray("bars").get(0).getAsJsonObject();
        assertThat(bar.get("outcome").getAsString()).isEqualTo("REACHED");
        assertThat(all.getAsJsonArray("bars")).hasSize(results.verdicts().size());
    }

    @Test
    void chart_is_well_formed_and_described() throws Exception {
        Element svg = parsed().getDocumentElement();
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
        String description = svg.getElementsByTagName("desc").item(0).getTextContent();
        assertThat(description)
                .contains("a fast one, warm: 150× lmer, goal 50×", "a slow one, cold: more than 150× lmer, goal 8×");
        assertThat(svg.getElementsByTagName("style").item(0).getTextContent()).contains("prefers-color-scheme: dark");
    }

    @Test
    void bars_of_the_chart_are_as_long_as_logarithms() throws Exception {
        NodeList rectangles = parsed().getElementsByTagName("rect");
        List<Double> warm = new ArrayList<>();
        for (int i = 0; i < rectangles.getLength(); i++) {
            Element each = (Element) rectangles.item(i);
            if (each.getAttribute("class").equals("warm")) {
                warm.add(Double.parseDouble(each.getAttribute("width")));
            }
        }
        // the first is in the legend
        assertThat(warm).hasSize(3);
        assertThat(warm.get(1) / warm.get(2)).isEqualTo(Math.log(150) / Math.log(5), within(0.01));
    }

    private Document parsed() throws Exception {
        byte[] svg = SvgChart.write(results).getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
    }

    private static String line(String text, String... words) {
        return text.lines()
                .filter(each -> List.of(words).stream().allMatch(each::contains))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line has " + String.join(", ", words) + " in\n" + text));
    }
}
