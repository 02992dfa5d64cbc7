package henderson.blas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The kernels of OpenBLAS for an x86 processor. OpenBLAS knows processors by model and takes kernels of 2004 for a model
 * that is newer than itself: a third of the speed. What a processor can do says more.
 */
final class Processor {
    /** Variable of the environment by which OpenBLAS is told. */
    static final String VARIABLE = "OPENBLAS_CORETYPE";

    private static final List<String> SKYLAKE_X =
            List.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl", "avx2", "fma");
    private static final List<String> HASWELL = List.of("avx2", "fma");

    private Processor() {}

    /** Name of the kernels for this processor; empty where OpenBLAS has to look itself. */
    static String core() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return core(
                    lines.filter(line -> line.startsWith("flags")).findFirst().orElse(""));
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    /** @param flags a line of {@code /proc/cpuinfo} */
    static String core(String flags) {
        Set<String> able = new HashSet<>(Arrays.asList(flags.split("\\s+")));
        if (able.containsAll(SKYLAKE_X)) {
            return "SkylakeX";
        }
        return able.containsAll(HASWELL) ? "Haswell" : "";
    }
}
