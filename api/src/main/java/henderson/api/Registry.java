package henderson.api;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** All plug-ins by name: sorted, immutable, every name once a kind and side. */
public final class Registry {
    private final SortedMap<String, CovarianceStructure> randomStructures;
    private final SortedMap<String, CovarianceStructure> residualStructures;
    private final SortedMap<String, Combinator> combinators;
    private final SortedMap<String, Family> families;
    private final SortedMap<String, Link> links;
    private final SortedMap<String, Optimizer> optimizers;
    private final SortedMap<String, Estimator> estimators;

    private Registry(
            Collection<CovarianceStructure> structures,
            Collection<Combinator> combinators,
            Collection<Family> families,
            Collection<Link> links,
            Collection<Optimizer> optimizers,
            Collection<Estimator> estimators) {
        this.randomStructures = structures(structures, Side.RANDOM);
        this.residualStructures = structures(structures, Side.RESIDUAL);
        this.combinators = byName("combinator", combinators, Combinator::name);
        this.families = families(families);
        this.links = byName("link", links, Link::name);
        this.optimizers = byName("optimizer", optimizers, Optimizer::name);
        this.estimators = byName("estimator", estimators, Estimator::name);
    }

    /**
     * Collects plug-ins.
     *
     * @throws HendersonException when a name is taken twice; the message names both classes
     */
    public static Registry of(
            Collection<CovarianceStructure> structures,
            Collection<Combinator> combinators,
            Collection<Family> families,
            Collection<Link> links,
            Collection<Optimizer> optimizers,
            Collection<Estimator> estimators) {
        return new Registry(structures, combinators, families, links, optimizers, estimators);
    }

    /** Only structures; for tests and for code that parses. */
    public static Registry ofStructures(CovarianceStructure... structures) {
        return new Registry(List.of(structures), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private static SortedMap<String, CovarianceStructure> structures(Collection<CovarianceStructure> all, Side side) {
        SortedMap<String, CovarianceStructure> out = new TreeMap<>();
        for (CovarianceStructure s : all) {
            if (s.sides().contains(side)) {
                put("covariance structure", out, s.name(), s);
                s.aliases(side).forEach(alias -> put("covariance structure", out, alias, s));
            }
        }
        return Collections.unmodifiableSortedMap(out);
    }

    private static SortedMap<String, Family> families(Collection<Family> all) {
        SortedMap<String, Family> out = new TreeMap<>();
        for (Family f : all) {
            put("family", out, f.name(), f);
            f.aliases().forEach(alias -> put("family", out, alias, f));
        }
        return Collections.unmodifiableSortedMap(out);
    }

    private static <T> SortedMap<String, T> byName(String kind, Collection<T> all, Function<T, String> name) {
        SortedMap<String, T> out = new TreeMap<>();
        all.forEach(p -> put(kind, out, name.apply(p), p));
        return Collections.unmodifiableSortedMap(out);
    }

    private static <T> void put(String kind, SortedMap<String, T> into, String name, T plugin) {
        T before = into.put(name, plugin);
        if (before != null) {
            throw new HendersonException(
                    "Two plug-ins register the " + kind + " '" + name + "': "
                            + before.getClass().getName() + " and "
                            + plugin.getClass().getName() + ".",
                    "Maybe the same jar is on the class path twice.");
        }
    }

    /** The structure of that name or alias on that side. */
    public CovarianceStructure structure(Side side, String name) {
        return find(
                "covariance structure for " + (side == Side.RANDOM ? "random effects" : "residuals"),
                structures(side),
                name);
    }

    /** Whether a structure or combinator of that name exists on a side. */
    public boolean hasStructure(Side side, String name) {
        return structures(side).containsKey(name);
    }

    /** Structures by every name they answer to on a side. */
    public SortedMap<String, CovarianceStructure> structures(Side side) {
        return side == Side.RANDOM ? randomStructures : residualStructures;
    }

    public SortedMap<String, Combinator> combinators() {
        return combinators;
    }

    /** Families by every name they answer to. */
    public SortedMap<String, Family> families() {
        return families;
    }

    public SortedMap<String, Link> links() {
        return links;
    }

    public SortedMap<String, Optimizer> optimizers() {
        return optimizers;
    }

    public SortedMap<String, Estimator> estimators() {
        return estimators;
    }

    public Combinator combinator(String name) {
        return find("combinator of covariance structures", combinators, name);
    }

    public Family family(String name) {
        return find("family", families, name);
    }

    public Link link(String name) {
        return find("link", links, name);
    }

    public Optimizer optimizer(String name) {
        return find("optimizer", optimizers, name);
    }

    public Estimator estimator(String name) {
        return find("estimator", estimators, name);
    }

    private static <T> T find(String kind, SortedMap<String, T> in, String name) {
        T found = in.get(name);
        if (found == null) {
            String lower = name.toLowerCase(Locale.ROOT);
            String known = in.isEmpty() ? "none" : String.join(", ", in.keySet());
            throw new HendersonException(
                    "No " + kind + " is named '" + name + "'. Known: " + known + ".",
                    in.containsKey(lower)
                            ? "Maybe you meant '" + lower + "'."
                            : "Maybe the jar that provides it is not among the plug-ins.");
        }
        return found;
    }
}
