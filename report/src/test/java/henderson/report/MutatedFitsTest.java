package henderson.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import henderson.api.HendersonException;
import henderson.inference.Summary;
import henderson.testkit.KnownFits;
import henderson.testkit.Mutations;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A saved fit that somebody damaged is read as far as it makes sense, or refused with the file's name. */
class MutatedFitsTest {
    private static final int DOCUMENTS = 3_000;
    private static final List<String> WORDS = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "[",
            "}",
            "\"",
            ",",
            ":",
            "1e999",
            "-1",
            "1.5",
            "\"x\"",
            "\\u12",
            "NaN",
            "henderson.fit/2",
            "99999999999999999999");

    private static String saved() {
        return FitJson.write(Summary.of(KnownFits.sleepstudy()));
    }

    private static boolean read(String json) {
        try {
            assertThat(FitJson.write(FitJson.read(json, "saved.json"))).isNotBlank();
            return true;
        } catch (HendersonException e) {
            assertThat(e.getMessage()).contains("saved.json");
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("A document of " + json.length() + " characters", e);
        }
    }

    @Test
    void a_mutated_document_is_read_or_refused() {
        Mutations mutations = new Mutations(31, List.of(saved()), WORDS);
        int read = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            read += read(mutations.next()) ? 1 : 0;
        }
        assertThat(read).isLessThan(DOCUMENTS);
    }

    /** Still JSON, but with another value somewhere. */
    @Test
    void a_document_with_another_value_is_read_or_refused() {
        Random random = new Random(32);
        String json = saved();
        int read = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            int colon = json.indexOf(": ", random.nextInt(json.length() - 2));
            if (colon < 0) {
                continue;
            }
            int end = colon + 2;
            while (end < json.length() && ",\n}]".indexOf(json.charAt(end)) < 0) {
                end++;
            }
            String other = List.of("null", "[]", "{}", "\"x\"", "-1", "1e999", "[null]", "[[1, 2], [3]]", "true")
                    .get(random.nextInt(9));
            read += read(json.substring(0, colon + 2) + other + json.substring(end)) ? 1 : 0;
        }
        assertThat(read).isBetween(DOCUMENTS / 100, DOCUMENTS * 99 / 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"model\":", "{\"a\":[", "\"", "1"})
    void a_hundred_thousand_times_the_same_is_refused(String piece) {
        String json = piece.repeat(100_000);
        assertThatThrownBy(() -> FitJson.read(json, "saved.json"))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("saved.json");
    }
}
