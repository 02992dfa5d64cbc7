package henderson.framework;

import henderson.api.CovarianceStructure;
import henderson.api.Family;
import henderson.api.Registry;
import henderson.api.Side;
import henderson.framework.Henderson.Installed;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lists what a registry holds and where each class came from. */
final class Inventory {
    private Inventory() {}

    static List<Installed> of(Registry registry) {
        Map<String, CovarianceStructure> structures = new TreeMap<>();
        for (Side side : Side.values()) {
            registry.structures(side).values().forEach(s -> structures.put(s.name(), s));
        }
        List<Installed> out = new ArrayList<>();
        add(out, "covariance structure", structures);
        add(out, "combinator", registry.combinators());
        Map<String, Family> families = new TreeMap<>();
        registry.families().values().forEach(f -> families.put(f.name(), f));
        add(out, "family", families);
        add(out, "link", registry.links());
        add(out, "optimizer", registry.optimizers());
        add(out, "estimator", registry.estimators());
        return out;
    }

    private static void add(List<Installed> out, String kind, Map<String, ?> plugins) {
        plugins.forEach(
                (name, p) -> out.add(new Installed(kind, name, p.getClass().getName(), origin(p.getClass()))));
    }

    private static String origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return "";
        }
        Path path = Path.of(java.net.URI.create(source.getLocation().toString()));
        return path.getFileName().toString();
    }
}
