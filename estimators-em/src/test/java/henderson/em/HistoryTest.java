package henderson.em;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.FitListener;
import henderson.api.Optimizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    @Test
    void later_steps_are_shown_ever_more_sparsely_and_the_last_one_always() {
        List<Integer> heard = new ArrayList<>();
        History history = new History(new FitListener() {
            @Override
            public void step(Optimizer.Step step) {
                heard.add(step.iteration());
            }
        });
        history.show(1000, Double.NaN);
        for (int i = 1; i <= 345; i++) {
            history.accepted(1000 - i, Double.NaN);
        }
        history.show(1, 1e-20);
        assertThat(heard)
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 200, 300, 345);
        assertThat(history.shown()).extracting(Optimizer.Step::iteration).isEqualTo(heard);
        assertThat(history.iterations()).isEqualTo(345);
    }

    @Test
    void a_step_shown_twice_is_heard_once_and_kept_as_it_was_last() {
        History history = new History(FitListener.SILENT);
        history.accepted(5, Double.NaN);
        history.show(4, 1e-20);
        assertThat(history.shown()).containsExactly(new Optimizer.Step(1, 4, 1e-20, Double.NaN));
    }
}
