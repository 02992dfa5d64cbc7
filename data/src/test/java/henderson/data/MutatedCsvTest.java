package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import henderson.api.FitListener;
import henderson.api.HendersonException;
import henderson.testkit.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in a file: a table, or one clear message that names the file. */
class MutatedCsvTest {
    private static final int FILES = 2_000;
    private static final List<String> SEEDS = List.of(
            "y,x,g\n1,2,a\n3,4,a\n5,6,b\n",
            "\uFEFFy;x;g\r\n1.5;-2e3;\"a;b\"\r\n.;NA;\"say \"\"hi\"\"\"\r\n",
            "y\tx\n100001.25\t1e-300\n100001.50\t\n",
            "id,time,name\n1,1,\"two\nlines\"\n2,2,plain\n3,NaN,\n");
    private static final List<String> WORDS = List.of(
            "\"",
            "\"\"",
            ",",
            ";",
            "\t",
            "\n",
            "\r\n",
            "\r",
            "NA",
            ".",
            "NaN",
            "Inf",
            "-Infinity",
            "1e999",
            "1e-999",
            "0x1p3",
            "1.0d",
            "1_000",
            "99999999999999999999999999",
            "-0",
            "y,y",
            "\uFEFF",
            "é",
            "\n\n\n",
            ",,,,",
            "  ");
    private static final List<ReadOptions> OPTIONS = List.of(
            ReadOptions.DEFAULT,
            new ReadOptions(Map.of("g", List.of("a", "b"), "x", List.of()), Set.of()),
            new ReadOptions(Map.of(), Set.of("x", "y")));

    @TempDir
    private Path folder;

    private boolean read(byte[] bytes, ReadOptions options) throws IOException {
        Path file = folder.resolve("mutated.csv");
        Files.write(file, bytes);
        try {
            Table table = Table.read(file, options, FitListener.SILENT);
            assertThat(table.rows()).isPositive();
            return true;
        } catch (HendersonException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("<" + new String(bytes, StandardCharsets.UTF_8) + ">", e);
        }
    }

    @Test
    void a_mutated_file_is_read_or_refused() throws IOException {
        Mutations mutations = new Mutations(11, SEEDS, WORDS);
        int read = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] bytes = mutations.next().getBytes(StandardCharsets.UTF_8);
            read += read(bytes, mutations.one(OPTIONS)) ? 1 : 0;
        }
        assertThat(read).isBetween(FILES / 100, FILES * 99 / 100);
    }

    @Test
    void random_bytes_are_read_or_refused() throws IOException {
        Random random = new Random(12);
        for (int i = 0; i < FILES / 4; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            read(bytes, ReadOptions.DEFAULT);
            byte[] damaged = SEEDS.get(i % SEEDS.size()).getBytes(StandardCharsets.UTF_8);
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            read(damaged, ReadOptions.DEFAULT);
        }
    }
}
