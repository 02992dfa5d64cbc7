package henderson.framework;

import henderson.api.Clusters;
import henderson.api.Estimator;
import henderson.api.Expression;
import henderson.api.Family;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.api.Registry;
import henderson.api.StructureCall;
import henderson.api.Term;
import henderson.data.Models;
import henderson.data.RFormula;
import henderson.data.ReadOptions;
import henderson.data.Table;
import henderson.equations.SequentialClusters;
import henderson.equations.ThreadedClusters;
import henderson.inference.Bootstrap;
import henderson.inference.BootstrapOptions;
import henderson.inference.Outcomes;
import henderson.inference.Summary;
import henderson.linalg.DenseBackend;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The door to the library: {@code Henderson.create().fit(Path.of("pig.csv"), "weight ~ week + (1 | id)")}. It finds the
 * plug-ins, and offers the verbs read, parse, model, fit and summarize; one can stop after any of them. Immutable and safe to
 * share between threads.
 */
public final class Henderson {
    private final Registry registry;
    private final List<Installed> plugins;
    /** Jars and folders of third parties. */
    private final List<String> jars;

    private Henderson(Registry registry, List<Installed> plugins, List<String> jars) {
        this.registry = registry;
        this.plugins = List.copyOf(plugins);
        this.jars = List.copyOf(jars);
    }

    /**
     * What is installed.
     *
     * @param kind      {@code covariance structure}, {@code combinator}, {@code family}, {@code link}, {@code optimizer} or
     *                  {@code estimator}
     * @param name      name it is registered under
     * @param className its class
     * @param origin    file name of the jar, or of the folder, that it came from
     */
    public record Installed(String kind, String name, String className, String origin) {}

    /** With the plug-ins of the class path. */
    public static Henderson create() {
        return create(List.of());
    }

    /**
     * With the plug-ins of the class path and of some jars, loaded by one class loader.
     *
     * @param pluginPaths jars that hold a plug-in, or folders of such jars and the libraries they need
     * @throws HendersonException for a path without a plug-in, a plug-in that cannot be loaded, or a name taken twice
     */
    public static Henderson create(List<Path> pluginPaths) {
        List<String> jars = pluginPaths.stream().map(Path::toString).toList();
        Registry registry = OtherVersions.named(jars, () -> Wiring.registry(PluginFinder.find(pluginPaths)));
        return new Henderson(registry, Inventory.of(registry), jars);
    }

    /**
     * The kernels for large dense blocks in use, and where there is no accelerated one, why.
     *
     * @throws HendersonException where the system properties {@code henderson.dense…} ask for what is not there
     */
    public static String denseBackend() {
        try {
            return DenseBackend.get().description();
        } catch (IllegalArgumentException | IllegalStateException e) {
            String[] parts = String.valueOf(e.getMessage()).split(" (?=Maybe )", 2);
            throw new HendersonException(parts[0], parts.length == 2 ? parts[1] : null, e);
        }
    }

    /** All plug-ins by name. */
    public Registry registry() {
        return registry;
    }

    /** What is installed, by kind and name. */
    public List<Installed> plugins() {
        return plugins;
    }

    /** Reads a CSV file, every column taken as it is found. */
    public Table read(Path file) {
        return read(file, ReadOptions.DEFAULT);
    }

    /** Reads a CSV file. */
    public Table read(Path file, ReadOptions options) {
        return read(file, options, FitListener.SILENT);
    }

    /** Reads a CSV file, telling of progress. */
    public Table read(Path file, ReadOptions options, FitListener listener) {
        return Table.read(file, options, listener);
    }

    /**
     * Parses a formula in R's language, such as {@code weight ~ week + (1 | id)}.
     *
     * @throws HendersonException for a mistake; the message points at the character
     */
    public ModelSpec parse(String formula) {
        return ModelSpec.of(RFormula.parse(formula));
    }

    /**
     * Parses a residual structure, such as {@code ar(2, time | id)}.
     *
     * @throws HendersonException with a caret under the mistake
     */
    public StructureCall parseResidual(String structure) {
        return RFormula.parseResidual(structure);
    }

    /** Binds a specification to data. */
    public Model model(ModelSpec spec, Table table) {
        return model(spec, table, FitListener.SILENT);
    }

    /** Binds a specification to data, telling of progress. */
    public Model model(ModelSpec spec, Table table, FitListener listener) {
        return OtherVersions.named(jars, () -> Models.build(spec, table, registry, listener));
    }

    /** Fits by maximum likelihood with the default estimator. */
    public Fit fit(Path file, String formula) {
        return fit(read(file), formula);
    }

    /** Fits by maximum likelihood with the default estimator. */
    public Fit fit(Table table, String formula) {
        return fit(table, formula, FitOptions.DEFAULT);
    }

    /** Fits a formula to data. */
    public Fit fit(Table table, String formula, FitOptions options) {
        return fit(model(parse(formula), table), options);
    }

    /** Fits a model. */
    public Fit fit(Model model, FitOptions options) {
        return fit(model, options, FitListener.SILENT);
    }

    /**
     * Fits a model, telling of progress. It returns even when the search fails; see {@link Fit#convergence()}.
     *
     * @throws HendersonException when an estimator or optimizer is unknown, or cannot take this model
     */
    public Fit fit(Model model, FitOptions options, FitListener listener) {
        return OtherVersions.named(jars, () -> fitted(model, options, listener));
    }

    private Fit fitted(Model model, FitOptions options, FitListener listener) {
        Estimator estimator = estimator(model, options);
        if (options.optimizer() != null) {
            registry.optimizer(options.optimizer());
        }
        String refusal = estimator.refusal(model, options);
        if (refusal != null) {
            throw new HendersonException("The estimator '" + estimator.name() + "' cannot fit this model: " + refusal
                    + (refusal.endsWith(".") ? "" : "."));
        }
        return within(options, listener, context -> estimator.fit(model, options, context));
    }

    <T> T within(FitOptions options, FitListener listener, Function<FitContext, T> work) {
        if (options.threads() == 1) {
            return work.apply(new Context(registry, new SequentialClusters(), listener));
        }
        try (ThreadedClusters clusters = new ThreadedClusters(options.threads())) {
            return work.apply(new Context(registry, clusters, listener));
        }
    }

    /**
     * The fit of a linear model at given parameters, without a search: every number and the certificate, as they are there.
     *
     * @param tau      search coordinates of each random term, such as those of {@link Fit#random()}
     * @param residual those of the residual structure, the held one at 1; null for independent residuals
     */
    public Fit at(
            Model model, List<double[]> tau, double @Nullable [] residual, FitOptions options, FitListener listener) {
        return within(options, listener, context -> Recertification.of(model, options, tau, residual, context));
    }

    /**
     * The fit of a model at the parameters of another fit of it, without a search.
     *
     * @param there such as one read from a file
     */
    public Fit at(Model model, Fit there, FitOptions options, FitListener listener) {
        if (model.family() == null) {
            List<double[]> tau =
                    there.random().stream().map(Fit.RandomEstimate::tau).toList();
            return at(
                    model,
                    tau,
                    there.residual() == null ? null : there.residual().tau(),
                    options,
                    listener);
        }
        Estimator estimator = registry.estimator(defaultEstimator(model));
        return within(options, listener, context -> estimator.at(model, there, options, context));
    }

    /**
     * Cluster-robust standard errors for fits of a model: the clusters are found and checked here, before a fit.
     *
     * @param options the fit's
     * @param table   that the model was made of
     * @param columns whose combinations of values are the clusters; none for the levels of the highest grouping factor
     * @throws HendersonException for REML, an unknown column, rows without a cluster, and clusters that cut groups
     */
    public Robust robust(Model model, FitOptions options, Table table, List<String> columns) {
        return OtherVersions.named(jars, () -> new Robust(this, model, options, table, columns));
    }

    /**
     * A parametric bootstrap of a fit: responses drawn from it, the model fitted to each.
     *
     * @throws HendersonException for a fit that is no maximum of the likelihood, and where there is no distribution to draw from
     */
    public Bootstrap bootstrap(Fit fit, BootstrapOptions options) {
        return bootstrap(fit, fit.model(), options, FitListener.SILENT);
    }

    /**
     * The same, telling of progress.
     *
     * @param fit   such as one read from a file
     * @param model what was fitted, with its rows
     */
    public Bootstrap bootstrap(Fit fit, Model model, BootstrapOptions options, FitListener listener) {
        return OtherVersions.named(jars, () -> Bootstrap.of(fit, model, options, registry, listener));
    }

    /**
     * Rows of other data, coded as those of a fitted model; see {@link Models#rebind}.
     *
     * @param where rows wanted; null for those of the fit in the fit's own data, and all rows of other data
     */
    public Model rebind(Fit fit, Table table, @Nullable Expression where) {
        List<Term> terms = fit.random().stream().map(Fit.RandomEstimate::term).toList();
        Model model = fit.model();
        boolean own = !table.digest().isEmpty()
                && table.digest().equals(model.report().digest());
        Expression filter = where == null && own ? model.spec().where() : where;
        ModelSpec spec = model.spec().withWhere(filter);
        ModelSpec coded = own ? spec : spec.withFactors(Map.of());
        return Models.rebind(coded, model.frame(), terms, model.residual(), table, registry, Outcomes.of(model));
    }

    /**
     * Variance of the latent residual of a model whose response is a threshold of a latent variable: successes or ordered
     * outcomes with a link that says so. NaN for any other.
     */
    public double latentVariance(Fit fit) {
        ModelSpec spec = fit.model().spec();
        if (!fit.generalized() || spec.link() == null) {
            return Double.NaN;
        }
        Family family = registry.family(spec.family());
        boolean threshold = family.countsSuccesses() || !family.intercept();
        return threshold ? registry.link(spec.link()).latentVariance() : Double.NaN;
    }

    private Estimator estimator(Model model, FitOptions options) {
        String name = options.estimator();
        return registry.estimator(name == null ? defaultEstimator(model) : name);
    }

    /** Name of the estimator that fits a model unless another is asked for. */
    public String defaultEstimator(Model model) {
        return model.family() == null ? "newton" : "glmm";
    }

    /** Tests and intervals of 95 %. */
    public Summary summarize(Fit fit) {
        return Summary.of(fit);
    }

    /** Tests and intervals of a confidence level in percent. */
    public Summary summarize(Fit fit, double level) {
        return Summary.of(fit, level);
    }

    private record Context(Registry registry, Clusters clusters, FitListener listener) implements FitContext {}
}
