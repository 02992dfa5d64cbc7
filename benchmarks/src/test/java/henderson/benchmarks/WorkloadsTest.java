package henderson.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.data.Table;
import henderson.framework.Henderson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadsTest {
    private static final Path HOME = Path.of("..");
    private static final Henderson HENDERSON = Henderson.create();

    @TempDir
    Path folder;

    static Stream<Workload> all() {
        return Workloads.all(HOME).stream();
    }

    /** Those whose data is made, one of each file. */
    static Stream<Workload> generated() {
        List<String> small = List.of("sleepstudy", "insteval", "verbagg");
        return all().filter(
                        each -> each.inProcess() && !small.contains(each.data().name()));
    }

    private static Workload named(String name) {
        return Workloads.named(List.of(name), HOME).get(0);
    }

    private Path data(Workload workload, double scale) throws IOException {
        return workload.data().in(folder, scale);
    }

    @Test
    void names_are_unique_and_unknown_ones_refused() {
        assertThat(all().map(Workload::name)).doesNotHaveDuplicates().hasSize(17);
        assertThatThrownBy(() -> Workloads.named(List.of("sleepstudies"), HOME))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("'sleepstudies'")
                .hasMessageContaining("sleepstudy, insteval");
    }

    @ParameterizedTest
    @MethodSource("all")
    void every_bar_has_its_peer(Workload workload) {
        List<String> peers = workload.peers().stream().map(Peer::name).toList();
        assertThat(workload.bars()).allMatch(bar -> bar.peer().isEmpty() || peers.contains(bar.peer()));
        assertThat(workload.peers()).filteredOn(peer -> !peer.whole()).allMatch(peer -> workload.bars().stream()
                .noneMatch(bar -> bar.kind() == Bar.Kind.COLD && bar.peer().equals(peer.name())));
    }

    /** Rows and levels at a hundredth of the size, and the bytes. */
    @ParameterizedTest
    @CsvSource({
        "slope,            10000, g,      1000, 5c32ece0c183",
        "intercept,        10000, g,      100,  f737d668aed9",
        "three-levels,     2000,  school, 10,   74e242b25240",
        "ar1,              250,   id,     5,    0f3816893a9e",
        "arma,             250,   id,     5,    e6fcd8a62635",
        "visits-500,       20,    id,     5,    079a07ae0103",
        "visits-20000,     800,   id,     200,  f4b162a2228e",
        "logistic-laplace, 2000,  g,      200,  bb04d3a40a64",
        "poisson,          200,   g,      20,   8983c86bce07",
        "ten-million,      100000, g,     1000, 151d50553e5d",
        "ratings,          12080, item,   371,  2cad9286b50a",
    })
    void data_is_reproducible_and_has_its_shape(String name, int rows, String group, int levels, String hash)
            throws Exception {
        Path file = data(named(name), 0.01);
        Table table = HENDERSON.read(file);
        assertThat(table.rows()).isEqualTo(rows);
        assertThat(Arrays.stream(table.numbers(group)).distinct().count()).isEqualTo(levels);
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        assertThat(HexFormat.of().formatHex(sum, 0, 6)).isEqualTo(hash);
    }

    @Test
    void ratings_are_pairs_that_occur_once() throws IOException {
        Table table = HENDERSON.read(data(named("ratings"), 0.04));
        double[] user = table.numbers("user");
        double[] item = table.numbers("item");
        double[] pair = new double[user.length];
        for (int i = 0; i < pair.length; i++) {
            pair[i] = 10_000 * user[i] + item[i];
        }
        assertThat(Arrays.stream(pair).distinct().count())
                .isEqualTo(pair.length)
                .isEqualTo(40_000);
        assertThat(table.numbers("y")).containsOnly(1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @MethodSource("generated")
    void every_model_fits_with_the_same_bits_on_two_threads(Workload workload) throws IOException {
        Table table = HENDERSON.read(data(workload, workload.name().startsWith("visits") ? 0.1 : 0.01));
        Model model = HENDERSON.model(workload.model().spec(HENDERSON), table);
        Fit one = HENDERSON.fit(model, workload.model().options(1));
        Fit two = HENDERSON.fit(model, workload.model().options(2));
        assertThat(one.logLikelihood()).isFinite();
        assertThat(WarmFits.digest(two)).isEqualTo(WarmFits.digest(one));
    }

    @Test
    void digest_tells_other_fits_apart() {
        Table table = HENDERSON.read(HOME.resolve("validation/data/sleepstudy.csv"));
        Fit one = HENDERSON.fit(table, "Reaction ~ Days + (1 | Subject)");
        assertThat(WarmFits.digest(HENDERSON.fit(table, "Reaction ~ Days + (1 | Subject)")))
                .isEqualTo(WarmFits.digest(one));
        assertThat(WarmFits.digest(HENDERSON.fit(table, "Reaction ~ Days + (0 + Days | Subject)")))
                .isNotEqualTo(WarmFits.digest(one));
    }

    @Test
    void command_has_all_of_the_model() {
        assertThat(named("logistic-agq7").arguments(Path.of("a.csv")))
                .containsExactly(
                        "fit",
                        "a.csv",
                        "y ~ age + urban + (1 | g)",
                        "--family",
                        "binomial",
                        "--integration",
                        "agq",
                        "--points",
                        "7");
        assertThat(named("arma").arguments(Path.of("a.csv"))).endsWith("--residual", "arma(1, 1, t | id)");
    }

    @Test
    void numbers_are_written_with_fixed_decimals() throws IOException {
        Path file = folder.resolve("a.csv");
        try (CsvWriter out = new CsvWriter(file, "a,b,c")) {
            out.number(-0.0012, 3).number(12.5, 1).text("x").end();
            out.number(0.00049, 3).integer(-7).number(-3.05, 2).end();
        }
        assertThat(Files.readString(file)).isEqualTo("a,b,c\n-0.001,12.5,x\n0.000,-7,-3.05\n");
    }
}
