package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.HendersonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseFilesTest {
    static final Path SHIPPED = Path.of("cases");

    @TempDir
    Path folder;

    @Test
    void the_shipped_cases_are_counted_by_their_rule() {
        List<ReferenceCase> all = CaseFiles.read(SHIPPED);

        assertThat(all).hasSize(131);
        assertThat(all).filteredOn(c -> c.rule() == Agreement.EXACT).hasSize(22);
        assertThat(all).filteredOn(c -> c.rule() == Agreement.PRINTED).hasSize(7);
    }

    @Test
    void every_shipped_case_names_tool_version_script_and_its_own_call() {
        assertThat(CaseFiles.read(SHIPPED)).allSatisfy(c -> {
            assertThat(c.provenance().tool()).isNotBlank();
            assertThat(c.provenance().version()).isNotBlank();
            assertThat(c.provenance().script()).isNotBlank();
            assertThat(c.provenance().call()).isNotBlank();
        });
    }

    @Test
    void every_shipped_case_but_four_has_its_data_beside_it() {
        List<String> absent = CaseFiles.read(SHIPPED).stream()
                .filter(c -> !Files.exists(Path.of("data", c.data())))
                .map(ReferenceCase::id)
                .toList();

        assertThat(absent)
                .containsExactly(
                        "nlswork_random_intercept_printed",
                        "gcse_random_intercept_printed",
                        "gcse_random_slope_unstructured_printed",
                        "gcse_schgend_interaction_printed");
    }

    @Test
    void every_shipped_data_file_is_described() throws IOException {
        String described = Files.readString(Path.of("data", "README.md"));
        try (var files = Files.list(Path.of("data"))) {
            files.map(f -> f.getFileName().toString())
                    .filter(name -> name.endsWith(".csv") && !name.startsWith("nist_smls"))
                    .forEach(name -> assertThat(described).contains("`" + name + "`"));
        }
    }

    @Test
    void a_figure_keeps_every_digit_it_was_written_with() {
        ReferenceCase c = shipped("nist_smls09_reml");

        assertThat(c.expected().variance().get(0).estimate()).hasToString("0.00999500249875062468765617191404");
        assertThat(shipped("pig_random_intercept_printed")
                        .expected()
                        .fixed()
                        .get(0)
                        .estimate())
                .hasToString("6.209896");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tool", "version", "script"})
    void a_file_that_does_not_say_where_its_figures_come_from_is_refused(String key) throws IOException {
        String text = Files.readString(SHIPPED.resolve("rail.json"));
        Path file = write("a.json", text.replaceFirst("\"" + key + "\"", "\"no" + key + "\""));

        assertThatThrownBy(() -> CaseFiles.readFile(file))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("a.json")
                .hasMessageContaining("'" + key + "'");
    }

    @Test
    void an_empty_tool_is_no_tool() throws IOException {
        String text = Files.readString(SHIPPED.resolve("rail.json"));
        Path file = write("a.json", text.replaceFirst("\"version\": \"[^\"]*\"", "\"version\": \" \""));

        assertThatThrownBy(() -> CaseFiles.readFile(file)).hasMessageContaining("'version' is empty");
    }

    @Test
    void a_case_that_does_not_say_what_digits_to_trust_is_refused() throws IOException {
        String text = Files.readString(SHIPPED.resolve("rail.json"));
        Path file = write("a.json", text.replace("\"trustedDigits\"", "\"digits\""));

        assertThatThrownBy(() -> CaseFiles.readFile(file))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("rail_ml");
    }

    @Test
    void a_file_that_is_no_json_is_refused_by_name() throws IOException {
        Path file = write("broken.json", "{\"schema\": ");

        assertThatThrownBy(() -> CaseFiles.readFile(file))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("broken.json");
    }

    @Test
    void another_schema_is_refused() throws IOException {
        Path file = write("a.json", "{\"schema\": \"henderson.cases/2\"}");

        assertThatThrownBy(() -> CaseFiles.readFile(file)).hasMessageContaining("henderson.cases/2");
    }

    @Test
    void an_id_used_twice_is_refused() throws IOException {
        String text = Files.readString(SHIPPED.resolve("rail.json"));
        write("a.json", text);
        write("b.json", text);

        assertThatThrownBy(() -> CaseFiles.read(folder)).hasMessageContaining("'rail_ml'");
    }

    @Test
    void a_folder_without_cases_is_refused() {
        assertThatThrownBy(() -> CaseFiles.read(folder)).hasMessageContaining("no case files");
    }

    static ReferenceCase shipped(String id) {
        return CaseFiles.read(SHIPPED).stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
