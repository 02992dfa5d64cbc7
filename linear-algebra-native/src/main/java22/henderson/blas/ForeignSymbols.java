package henderson.blas;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import henderson.linalg.DenseBackendProvider.Declined;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** What is called in OpenBLAS: LAPACK by its Fortran convention, BLAS by the C one. */
final class ForeignSymbols {
    private static final Linker LINKER = Linker.nativeLinker();

    private final SymbolLookup symbols;
    private final String library;
    /** uplo, n, a, lda, info, and the length of the first, which Fortran compilers pass last. */
    final MethodHandle potrf;

    final MethodHandle potri;
    /** order, side, uplo, trans, diag, m, n, alpha, a, lda, b, ldb. */
    final MethodHandle trsm;
    /** order, uplo, trans, n, k, alpha, a, lda, beta, c, ldc. */
    final MethodHandle syrk;
    /** order, side, uplo, m, n, alpha, a, lda, b, ldb, beta, c, ldc. */
    final MethodHandle symm;
    /** order, transa, transb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc. */
    final MethodHandle gemm;

    ForeignSymbols(SymbolLookup symbols, String library) {
        this.symbols = symbols;
        this.library = library;
        this.potrf = handle("dpotrf_", "pppppl");
        this.potri = handle("dpotri_", "pppppl");
        this.trsm = handle("cblas_dtrsm", "iiiiiiidpipi");
        this.syrk = handle("cblas_dsyrk", "iiiiidpidpi");
        this.symm = handle("cblas_dsymm", "iiiiidpipidpi");
        this.gemm = handle("cblas_dgemm", "iiiiiidpipidpi");
    }

    /** @param arguments a letter for each: int, long, double, pointer */
    private MethodHandle handle(String name, String arguments) {
        MemoryLayout[] layouts = arguments.chars().mapToObj(ForeignSymbols::layout).toArray(MemoryLayout[]::new);
        return handle(name, FunctionDescriptor.ofVoid(layouts));
    }

    private static MemoryLayout layout(int letter) {
        return switch (letter) {
            case 'i' -> JAVA_INT;
            case 'l' -> JAVA_LONG;
            case 'd' -> JAVA_DOUBLE;
            default -> ADDRESS;
        };
    }

    private MethodHandle handle(String name, FunctionDescriptor descriptor) {
        MemorySegment address =
                symbols.find(name).orElseThrow(() -> new Declined(library + " has no " + name));
        return LINKER.downcallHandle(address, descriptor);
    }

    /** Whatever the environment says. */
    void useOneThread() {
        MethodHandle set = handle("openblas_set_num_threads", "i");
        try {
            set.invokeExact(1);
        } catch (Throwable e) {
            throw new Declined(library + " cannot be held to one thread: " + e);
        }
    }

    /** Sets a variable of this process' environment that is not set, for what OpenBLAS reads when it is loaded. */
    static void setenv(String variable, String value) {
        MethodHandle set = LINKER.defaultLookup()
                .find("setenv")
                .map(address ->
                        LINKER.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT)))
                .orElse(null);
        if (set == null) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) set.invokeExact(arena.allocateFrom(variable), arena.allocateFrom(value), 0);
        } catch (Throwable e) {
            throw new Declined("the environment could not be set: " + e);
        }
    }

    /** As OpenBLAS tells it, such as {@code OpenBLAS 0.3.21 SkylakeX}. */
    String version() {
        MemoryLayout text = MemoryLayout.sequenceLayout(Long.MAX_VALUE, JAVA_BYTE);
        MethodHandle configuration =
                handle("openblas_get_config", FunctionDescriptor.of(ADDRESS.withTargetLayout(text)));
        MethodHandle core = handle("openblas_get_corename", FunctionDescriptor.of(ADDRESS.withTargetLayout(text)));
        try {
            String all = ((MemorySegment) configuration.invokeExact()).getString(0);
            if (all.contains("USE64BITINT")) {
                throw new Declined(library + " takes integers of 64 bits");
            }
            String[] words = all.split(" ");
            return words[0] + " " + words[1] + " " + ((MemorySegment) core.invokeExact()).getString(0);
        } catch (Declined e) {
            throw e;
        } catch (Throwable e) {
            throw new Declined(library + " does not tell its version: " + e);
        }
    }
}
