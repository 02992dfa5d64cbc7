package henderson.blas;

import henderson.linalg.DenseBackend;
import henderson.linalg.DenseBackendProvider.Declined;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds OpenBLAS and holds it to one thread; made by name, where this Java has it. */
final class ForeignLoader implements Function<String, DenseBackend> {
    ForeignLoader() {}

    /** @throws Declined where no library is found, or one with 64-bit integers or without control of its threads */
    @Override
    public DenseBackend apply(String library) {
        String core = Processor.core();
        if (!core.isEmpty()) {
            ForeignSymbols.setenv(Processor.VARIABLE, core);
        }
        List<String> tried = new ArrayList<>();
        for (String name : Library.candidates(library)) {
            Library.requireThere(name);
            SymbolLookup symbols = open(name);
            if (symbols != null) {
                ForeignSymbols found = new ForeignSymbols(symbols, name);
                found.useOneThread();
                return new NativeBackend(
                        found.version() + " (" + name + ") through foreign functions", () -> new Foreign(found));
            }
            tried.add(name);
        }
        throw new Declined("no " + String.join(", ", tried) + " could be loaded");
    }

    private static @Nullable SymbolLookup open(String name) {
        try {
            return Library.isPath(name)
                    ? SymbolLookup.libraryLookup(Path.of(name), Arena.global())
                    : SymbolLookup.libraryLookup(name, Arena.global());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
