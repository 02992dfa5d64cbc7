package henderson.linalg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which backend serves; see the properties in {@link DenseBackend}. */
final class DenseChoice {
    private static final String AUTO = "auto";
    private static final String JAVA = "java";

    private DenseChoice() {}

    /** Set once; not in a static initializer, whose failure would be told as another error from then on. */
    private static volatile @Nullable DenseBackend inUse;

    static DenseBackend inUse() {
        DenseBackend backend = inUse;
        if (backend == null) {
            synchronized (DenseChoice.class) {
                backend = inUse;
                if (backend == null) {
                    backend = of(
                            property("henderson.dense", AUTO),
                            property("henderson.dense.from", Integer.toString(DenseBackend.FROM)),
                            property("henderson.dense.library", ""),
                            DenseChoice::providers);
                    inUse = backend;
                }
            }
        }
        return backend;
    }

    private static String property(String name, String otherwise) {
        return System.getProperty(name, otherwise).strip();
    }

    /**
     * The backend for given properties.
     *
     * @param providers looked for where the accelerated backend is first needed
     * @throws IllegalArgumentException for an order that is not a positive whole number
     */
    static DenseBackend of(String name, String from, String library, Supplier<List<DenseBackendProvider>> providers) {
        if (name.toLowerCase(Locale.ROOT).equals(JAVA)) {
            return new JavaBackend();
        }
        return new SwitchedBackend(new JavaBackend(), order(from), () -> accelerated(name, library, providers.get()));
    }

    private static int order(String from) {
        try {
            int order = Integer.parseInt(from);
            if (order > 0) {
                return order;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "henderson.dense.from is '" + from + "'; it is the order from which the accelerated"
                        + " backend is used, a positive whole number. Maybe leave it out: " + DenseBackend.FROM + ".");
    }

    /** What was found: a backend, or none and why. */
    record Found(@Nullable DenseBackend backend, String why) {}

    /**
     * The first that loads, from the highest rank down.
     *
     * @throws IllegalStateException where one is asked for by name and cannot serve
     */
    private static Found accelerated(String name, String library, List<DenseBackendProvider> providers) {
        boolean any = name.isEmpty() || name.toLowerCase(Locale.ROOT).equals(AUTO);
        List<String> reasons = new ArrayList<>();
        List<DenseBackendProvider> ranked = new ArrayList<>(providers);
        ranked.sort(Comparator.comparingInt(DenseBackendProvider::rank).reversed());
        for (DenseBackendProvider provider : ranked) {
            if (any || provider.name().equalsIgnoreCase(name)) {
                try {
                    return new Found(provider.load(library), "");
                } catch (DenseBackendProvider.Declined e) {
                    reasons.add(provider.name() + ": " + e.getMessage());
                }
            }
        }
        String why = reasons.isEmpty() ? "no provider on the class path" : String.join("; ", reasons);
        if (any) {
            return new Found(null, why);
        }
        throw new IllegalStateException("The dense backend '" + name + "' (henderson.dense) cannot serve: " + why
                + ". Known: " + names(ranked) + ". Maybe leave the choice to Henderson: auto.");
    }

    private static String names(List<DenseBackendProvider> providers) {
        List<String> all = new ArrayList<>(List.of(AUTO, JAVA));
        providers.forEach(p -> all.add(p.name()));
        return String.join(", ", all);
    }

    /** Those on the class path; one that this Java cannot load is left out. */
    static List<DenseBackendProvider> providers() {
        List<DenseBackendProvider> found = new ArrayList<>();
        var iterator = ServiceLoader.load(DenseBackendProvider.class).iterator();
        while (true) {
            try {
                if (!iterator.hasNext()) {
                    return found;
                }
                found.add(iterator.next());
            } catch (ServiceConfigurationError e) {
                // compiled for a newer Java, or without its library: the next may serve
            }
        }
    }
}
