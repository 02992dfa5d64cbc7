package henderson.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GflopsTest {
    @Test
    void report_has_a_line_for_each_operation_and_library() {
        List<String> out = new ArrayList<>();
        Gflops.print(out::add, 4);
        assertThat(out)
                .hasSize(1 + DenseOperation.values().length * DenseLibrary.ALL.size())
                .anySatisfy(line -> assertThat(line).matches("potrf +henderson +[0-9.]+"))
                .anySatisfy(line -> assertThat(line).matches("syrk +henderson +–"));
    }
}
