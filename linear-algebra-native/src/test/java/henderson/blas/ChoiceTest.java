package henderson.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.linalg.DenseBackendProvider;
import henderson.linalg.DenseBackendProvider.Declined;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    @Test
    void both_ways_are_offered_and_foreign_functions_come_first() {
        assertThat(ServiceLoader.load(DenseBackendProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .sorted((a, b) -> b.rank() - a.rank())
                        .map(DenseBackendProvider::name))
                .containsExactly("ffm", "jni");
    }

    @Test
    void a_library_that_is_not_there_is_declined_with_its_name() {
        assertThatThrownBy(() -> new JniProvider().load("/no/such/libopenblas.so"))
                .isInstanceOf(Declined.class)
                .hasMessageContaining("/no/such/libopenblas.so");
        assertThatThrownBy(() -> new FfmProvider().load("/no/such/libopenblas.so"))
                .isInstanceOf(Declined.class)
                .hasMessageMatching(
                        Runtime.version().feature() < 22 ? "needs Java 22.*" : ".*(/no/such/|older than).*");
    }

    @Test
    void jni_is_declined_unless_the_environment_holds_it_to_one_thread() {
        assertThatCode(() -> Jni.requireKnown(Map.of("OPENBLAS_NUM_THREADS", "1"), 8, ""))
                .doesNotThrowAnyException();
        assertThatCode(() -> Jni.requireKnown(Map.of("OMP_NUM_THREADS", "1"), 8, ""))
                .doesNotThrowAnyException();
        assertThatCode(() -> Jni.requireKnown(Map.of(), 1, "")).doesNotThrowAnyException();
        assertThatThrownBy(() -> Jni.requireKnown(Map.of(), 2, ""))
                .isInstanceOf(Declined.class)
                .hasMessageContaining("OPENBLAS_NUM_THREADS=1");
        assertThatThrownBy(() -> Jni.requireKnown(Map.of("OPENBLAS_NUM_THREADS", "4", "OMP_NUM_THREADS", "1"), 1, ""))
                .isInstanceOf(Declined.class);
    }

    @Test
    void jni_is_declined_unless_the_environment_names_the_kernels() {
        Map<String, String> one = Map.of("OPENBLAS_NUM_THREADS", "1");
        assertThatThrownBy(() -> Jni.requireKnown(one, 2, "Haswell"))
                .isInstanceOf(Declined.class)
                .hasMessageContaining("OPENBLAS_CORETYPE=Haswell");
        assertThatCode(() ->
                        Jni.requireKnown(Map.of("OPENBLAS_NUM_THREADS", "1", "OPENBLAS_CORETYPE", "Zen"), 2, "Haswell"))
                .doesNotThrowAnyException();
    }

    @Test
    void kernels_are_named_after_what_the_processor_can_do() {
        assertThat(Processor.core("flags\t\t: fpu sse2 avx avx2 fma avx512f avx512dq avx512cd avx512bw avx512vl"))
                .isEqualTo("SkylakeX");
        assertThat(Processor.core("flags\t\t: fpu fma sse2 avx avx2 avx512f")).isEqualTo("Haswell");
        assertThat(Processor.core("flags\t\t: fpu sse2 avx")).isEmpty();
        assertThat(Processor.core("")).isEmpty();
    }
}
