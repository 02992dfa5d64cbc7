package henderson.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GflopsTest {
    @Test
    void report_has_a_line_for_each_operation_and_library() {
        StringBuilder out = new StringBuilder();
        Gflops.print(out, 4);
        assertThat(out.toString().lines().toList())
                .hasSize(1 + DenseOperation.values().length * DenseLibrary.ALL.size())
                .anySatisfy(line -> assertThat(line).matches("potrf +henderson +[0-9.]+"))
                .anySatisfy(line -> assertThat(line).matches("syrk +henderson +–"));
    }
}
