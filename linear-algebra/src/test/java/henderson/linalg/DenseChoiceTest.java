package henderson.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseChoiceTest {
    private static final int LARGE_WORKSPACE = 1_000_000;

    /** Counts what it is asked, and lets plain Java answer. */
    private static final class Counting implements DenseBackend {
        private final DenseBackend plain = DenseBackend.plain();
        int asked;

        @Override
        public boolean cholesky(double[][] a, int n, int width) {
            asked++;
            return plain.cholesky(a, n, width);
        }

        @Override
        public void inverse(double[][] r, int n, double[][] z, double[] work) {
            asked++;
            plain.inverse(r, n, z, work);
        }

        @Override
        public void multiply(double[][] a, double[][] b, int n, double[][] c) {
            asked++;
            plain.multiply(a, b, n, c);
        }

        @Override
        public int inverseWorkspace(int n) {
            return LARGE_WORKSPACE;
        }

        @Override
        public String description() {
            return "counting";
        }
    }

    private static final class Offer implements DenseBackendProvider {
        final Counting backend = new Counting();
        private final String name;
        private final int rank;
        private final boolean serves;
        int loaded;

        Offer(String name, int rank, boolean serves) {
            this.name = name;
            this.rank = rank;
            this.serves = serves;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int rank() {
            return rank;
        }

        @Override
        public DenseBackend load(String library) {
            loaded++;
            if (!serves) {
                throw new Declined("no " + library);
            }
            return backend;
        }
    }

    private final Offer first = new Offer("first", 2, false);
    private final Offer second = new Offer("second", 1, true);
    private final Offer third = new Offer("third", 0, true);

    private DenseBackend choice(String name, String from) {
        return DenseChoice.of(name, from, "lib", () -> List.of(third, first, second));
    }

    private static boolean factor(DenseBackend backend, int n) {
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            a[i][i] = 4;
        }
        return backend.cholesky(a, n, n) && a[0][0] == 2;
    }

    @Test
    void nothing_is_loaded_before_an_order_reaches_the_limit() {
        DenseBackend backend = choice("auto", "10");
        assertThat(backend.inverseWorkspace(9)).isEqualTo(DenseBackend.plain().inverseWorkspace(9));
        assertThat(factor(backend, 9)).isTrue();
        assertThat(first.loaded + second.loaded).isZero();

        assertThat(factor(backend, 10)).isTrue();
        assertThat(factor(backend, 11)).isTrue();
        assertThat(second.backend.asked).isEqualTo(2);
        assertThat(first.loaded).isEqualTo(1);
        assertThat(second.loaded).isEqualTo(1);
        assertThat(third.loaded).isZero();
        assertThat(backend.inverseWorkspace(10))
                .isEqualTo(Math.max(LARGE_WORKSPACE, DenseBackend.plain().inverseWorkspace(10)));
    }

    @Test
    void the_highest_rank_that_serves_is_used_and_described() {
        assertThat(choice("auto", "10").description()).isEqualTo("plain Java, from order 10 on counting");
    }

    @Test
    void plain_java_serves_all_where_nobody_else_does() {
        DenseBackend backend = DenseChoice.of("auto", "3", "lib", () -> List.of(first));
        assertThat(factor(backend, 5)).isTrue();
        assertThat(backend.description()).isEqualTo("plain Java (first: no lib)");
        assertThat(DenseChoice.of("auto", "3", "", List::of).description())
                .isEqualTo("plain Java (no provider on the class path)");
    }

    @Test
    void java_alone_asks_nobody() {
        assertThat(choice("java", "1").description()).isEqualTo("plain Java");
        assertThat(factor(choice("java", "1"), 5)).isTrue();
        assertThat(second.loaded).isZero();
    }

    @Test
    void a_backend_asked_for_by_name_must_serve() {
        assertThat(factor(choice("third", "1"), 5)).isTrue();
        assertThat(third.backend.asked).isEqualTo(1);
        assertThatThrownBy(() -> choice("first", "10").description())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'first'")
                .hasMessageContaining("no lib");
        assertThatThrownBy(() -> choice("abacus", "10").description())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Known: auto, java, first, second, third");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "", "1e3"})
    void an_order_that_is_no_positive_whole_number_is_refused(String from) {
        assertThatThrownBy(() -> choice("auto", from))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + from + "'");
    }
}
