package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import henderson.api.HendersonException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaseChoiceTest {
    private final List<ReferenceCase> all = CaseFiles.read(CaseFilesTest.SHIPPED);

    @Test
    void without_ids_all_cases_are_meant() {
        assertThat(CaseChoice.of(all, List.of(), false)).isEqualTo(all);
    }

    @Test
    void a_quick_run_leaves_out_the_large_ones_only() {
        List<ReferenceCase> quick = CaseChoice.of(all, List.of(), true);

        assertThat(all)
                .filteredOn(c -> !quick.contains(c))
                .extracting(ReferenceCase::id)
                .containsExactly("insteval_ml");
    }

    @Test
    void a_large_case_that_is_named_is_in_a_quick_run() {
        assertThat(CaseChoice.of(all, List.of("insteval_ml"), true)).hasSize(1);
    }

    @Test
    void an_unknown_id_is_answered_with_near_ones() {
        HendersonException e = catchThrowableOfType(
                HendersonException.class, () -> CaseChoice.of(all, List.of("sleepstudy_us"), false));

        assertThat(e).hasMessageContaining("'sleepstudy_us'").hasMessageContaining("131 cases");
        assertThat(e.advice()).startsWith("Maybe").contains("sleepstudy_us_ml", "sleepstudy_us_reml");
    }

    @Test
    void edits_are_counted() {
        assertThat(CaseChoice.edits("rail", "rail")).isZero();
        assertThat(CaseChoice.edits("rail_ml", "rail_reml")).isEqualTo(2);
        assertThat(CaseChoice.edits("", "abc")).isEqualTo(3);
        assertThat(CaseChoice.edits("kitten", "sitting")).isEqualTo(3);
    }
}
