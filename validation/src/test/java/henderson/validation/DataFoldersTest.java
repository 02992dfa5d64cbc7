package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.HendersonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFoldersTest {
    @TempDir
    Path top;

    private Path home;
    private Path reference;

    @BeforeEach
    void folders() throws IOException {
        home = top.resolve("home");
        reference = top.resolve("reference");
        Files.createDirectories(home.resolve("validation/cases"));
        Files.createDirectories(home.resolve("validation/data"));
        Files.createDirectories(home.resolve("some/where/deep"));
        Files.createDirectories(reference.resolve("data"));
        Files.writeString(home.resolve("validation/data/pig.csv"), "ours");
        Files.writeString(reference.resolve("data/pig.csv"), "theirs");
        Files.writeString(reference.resolve("data/nlswork.csv"), "theirs");
        Files.writeString(reference.resolve("loose.csv"), "theirs");
    }

    @Test
    void the_home_is_the_nearest_folder_upwards_that_has_cases() {
        DataFolders found = DataFolders.find(null, null, home.resolve("some/where/deep"));

        assertThat(found.cases()).isEqualTo(home.resolve("validation/cases"));
        assertThat(found.data("pig.csv")).isEqualTo(home.resolve("validation/data/pig.csv"));
    }

    @Test
    void a_home_that_is_named_is_taken_from_anywhere() {
        assertThat(DataFolders.find(home, null, top).cases()).isEqualTo(home.resolve("validation/cases"));
    }

    @Test
    void a_file_beside_the_checkout_goes_before_one_of_the_reference() {
        assertThat(DataFolders.find(home, reference, top).data("pig.csv"))
                .isEqualTo(home.resolve("validation/data/pig.csv"));
    }

    @Test
    void what_the_checkout_lacks_is_looked_for_in_the_reference() {
        DataFolders found = DataFolders.find(home, reference, top);

        assertThat(found.data("nlswork.csv")).isEqualTo(reference.resolve("data/nlswork.csv"));
        assertThat(found.data("loose.csv")).isEqualTo(reference.resolve("loose.csv"));
    }

    @Test
    void a_file_that_nobody_has_is_absent() {
        assertThat(DataFolders.find(home, reference, top).data("gcse.csv")).isNull();
        assertThat(DataFolders.find(home, null, top).data("nlswork.csv")).isNull();
    }

    @Test
    void a_place_without_cases_is_refused_with_what_to_do() {
        assertThatThrownBy(() -> DataFolders.find(reference, null, top))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining(
                        reference.resolve("validation").resolve("cases").toString())
                .satisfies(e -> assertThat(((HendersonException) e).advice()).contains("henderson.home"));
    }

    @Test
    void a_reference_folder_that_does_not_exist_is_refused_by_name() {
        assertThatThrownBy(() -> DataFolders.find(home, top.resolve("nowhere"), top))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("nowhere");
    }
}
