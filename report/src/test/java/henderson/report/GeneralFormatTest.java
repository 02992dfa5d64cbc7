package henderson.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneralFormatTest {
    private static List<String> printedFigures() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                GeneralFormatTest.class.getResourceAsStream("printed-figures.txt"), StandardCharsets.UTF_8))) {
            return in.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    @Test
    void every_printed_figure_prints_as_itself() throws IOException {
        assertThat(printedFigures()).hasSize(218).allSatisfy(line -> {
            int width = Integer.parseInt(line.substring(0, line.indexOf(' ')));
            String printed = line.substring(line.indexOf(' ') + 1);
            assertThat(GeneralFormat.format(Double.parseDouble(printed), width)).isEqualTo(printed);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "-0.00697, -.00697",
        "6.889933909e-05, .0000689",
        "1.34304542e-05, .0000134",
        "0.005700153627, .0057002",
        "0.07097671525, .0709767",
        "0.2671484228, .2671484",
        "-0.09999550701, -.0999955",
        "2.128823206, 2.128823",
        "-1.7116497, -1.71165",
        "19.35561343, 19.35561",
        "251.405104848, 251.4051",
        "-10471.72712, -10471.73",
        "5.044e-16, 5.04e-16",
        "1.8123e-06, 1.81e-06",
        "-1.8123e-06, -1.81e-06",
        "1e-5, .00001",
        "9.996e-6, 1.00e-05",
        "1234567.4, 1234567",
        "23667902, 2.37e+07",
        "9999999.6, 1.00e+07",
        "0.99999999, 1",
        "0.99999994, .9999999",
        "-0.99999999, -1",
        "9.99999951, 10",
        "999999.96, 1000000",
        "0.5, .5",
        "-0.8, -.8",
        "100, 100",
        "1e-120, 1.0e-120",
        "3e200, 3.0e+200"
    })
    void nine_columns_hold_seven_digits(double value, String printed) {
        assertThat(GeneralFormat.format(value, 9)).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource({
        "-1014.926794, -1014.9268",
        "-868.9618532, -868.96185",
        "1430.501652, 1430.5017",
        "-14018.5712, -14018.571",
        "-49.64009892, -49.640099",
        "-1014, -1014"
    })
    void ten_columns_hold_eight_digits(double value, String printed) {
        assertThat(GeneralFormat.format(value, 10)).isEqualTo(printed);
    }

    @Test
    void what_is_no_number_is_a_point() {
        assertThat(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .allSatisfy(x -> assertThat(GeneralFormat.format(x, 9)).isEqualTo("."));
        assertThat(GeneralFormat.format(-0.0, 9)).isEqualTo("0");
    }

    @Test
    void no_number_is_wider_than_its_column() {
        for (int power = -320; power <= 308; power++) {
            double x = -9.876543219876543 * Math.pow(10, power);
            assertThat(GeneralFormat.format(x, 9)).hasSizeLessThanOrEqualTo(9);
            assertThat(GeneralFormat.format(x, 10)).hasSizeLessThanOrEqualTo(10);
        }
    }

    @Test
    void a_statistic_too_wide_for_two_decimals_takes_the_general_format() {
        assertThat(GeneralFormat.twoDecimals(159.1775, 8)).isEqualTo("  159.18");
        assertThat(GeneralFormat.twoDecimals(-1234567.89, 8)).isEqualTo("-1.2e+06");
        assertThat(GeneralFormat.twoDecimals(Double.NaN, 8)).isEqualTo("       .");
    }
}
