package henderson.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.benchmarks.Measurement.Mode;
import henderson.benchmarks.Verdict.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private final List<Verdict> verdicts = Samples.results().verdicts();

    private Verdict verdict(String workload, Bar.Kind kind, String peer) {
        return verdicts.stream()
                .filter(v -> v.workload().equals(workload)
                        && v.bar().kind() == kind
                        && v.bar().peer().equals(peer))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_ratio_is_that_of_medians() {
        Verdict warm = verdict("fast", Bar.Kind.WARM, "lmer");
        assertThat(warm.value()).isEqualTo(0.3 / 0.002, within(1e-9));
        assertThat(warm.outcome()).isEqualTo(Outcome.REACHED);
        assertThat(warm.text()).isEqualTo("reached");
    }

    @Test
    void a_missed_bar_says_by_how_much() {
        Verdict warm = verdict("slow", Bar.Kind.WARM, "lmer");
        assertThat(warm.value()).isEqualTo(5);
        assertThat(warm.text()).isEqualTo("missed: 3.00× short");
    }

    @Test
    void an_absent_peer_is_told() {
        Verdict absent = verdict("fast", Bar.Kind.WARM, "mmrm");
        assertThat(absent.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(absent.text()).isEqualTo("not measured (mmrm: absent)");
    }

    @Test
    void a_stopped_peer_gives_a_least_ratio() {
        Verdict cold = verdict("slow", Bar.Kind.COLD, "lmer");
        assertThat(cold.least()).isTrue();
        assertThat(cold.value()).isEqualTo(150);
        assertThat(cold.outcome()).isEqualTo(Outcome.REACHED);
    }

    @Test
    void reading_and_memory_are_largest_values() {
        Verdict reading = verdict("large", Bar.Kind.READING, "");
        assertThat(reading.value()).isEqualTo(1.2, within(1e-12));
        assertThat(reading.outcome()).isEqualTo(Outcome.REACHED);
        Verdict memory = verdict("large", Bar.Kind.MEMORY, "");
        assertThat(memory.text()).isEqualTo("missed: 1.46× short");
    }

    @Test
    void what_is_not_offered_is_told() {
        assertThat(verdict("command", Bar.Kind.WARM, "lmer").text()).isEqualTo("not measured (not offered)");
    }

    @Test
    void a_lower_log_likelihood_reaches_no_bar() {
        Results results = new Results(List.of(Samples.FAST), Map.of());
        results.add(Samples.own(Samples.FAST, Mode.WARM, 1, -10.5, "aa", 0.001));
        results.add(Samples.peer(Samples.FAST, "lmer", Mode.WARM, -10, 1.0));
        Verdict warm = results.verdicts().get(0);
        assertThat(warm.value()).isEqualTo(1000);
        assertThat(warm.outcome()).isEqualTo(Outcome.MISSED);
        assertThat(warm.text()).contains("log-likelihood 0.5000 below that of lmer");
    }

    @Test
    void a_workload_without_warm_process_is_judged_by_the_command() {
        Results results = new Results(List.of(Samples.COMMAND), Map.of());
        results.add(Samples.own(Samples.COMMAND, Mode.COLD, 1, Double.NaN, "", 0.5));
        results.add(Samples.peer(Samples.COMMAND, "lmer", Mode.WARM, Double.NaN, 230.0));
        assertThat(results.verdicts().get(0).text()).isEqualTo("reached (Henderson as a command)");
    }
}
