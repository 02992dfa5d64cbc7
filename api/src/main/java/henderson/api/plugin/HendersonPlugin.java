package henderson.api.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import henderson.api.Combinator;
import henderson.api.CovarianceStructure;
import henderson.api.Estimator;
import henderson.api.Family;
import henderson.api.Link;
import henderson.api.Optimizer;
import org.jspecify.annotations.Nullable;

/**
 * The plug-ins of one jar. Extend it, call the verbs in {@link #plugins()}, and name the class in {@code
 * META-INF/services/henderson.api.plugin.HendersonPlugin}.
 */
public abstract class HendersonPlugin extends AbstractModule {
    private @Nullable Registrar registrar;

    /** Takes what the verbs register. */
    public interface Registrar {
        /** A plug-in of a kind. */
        <T> void add(Class<T> kind, T plugin);
    }

    /**
     * Calls the verbs without an injector, whose making takes longer than a small fit.
     *
     * @throws IllegalStateException where {@link #plugins()} binds something itself, which needs an injector
     */
    public final void register(Registrar to) {
        registrar = to;
        try {
            plugins();
        } finally {
            registrar = null;
        }
    }

    /** Registers this jar's plug-ins by the verbs below. */
    protected abstract void plugins();

    @Override
    protected final void configure() {
        plugins();
    }

    /** Registers a covariance structure. */
    protected final void structure(CovarianceStructure structure) {
        add(CovarianceStructure.class, structure);
    }

    /** Registers a combinator of structures. */
    protected final void combinator(Combinator combinator) {
        add(Combinator.class, combinator);
    }

    /** Registers a family. */
    protected final void family(Family family) {
        add(Family.class, family);
    }

    /** Registers a link. */
    protected final void link(Link link) {
        add(Link.class, link);
    }

    /** Registers an optimizer. */
    protected final void optimizer(Optimizer optimizer) {
        add(Optimizer.class, optimizer);
    }

    /** Registers an estimator. */
    protected final void estimator(Estimator estimator) {
        add(Estimator.class, estimator);
    }

    private <T> void add(Class<T> kind, T plugin) {
        Registrar registrar = this.registrar;
        if (registrar != null) {
            registrar.add(kind, plugin);
            return;
        }
        Multibinder.newSetBinder(binder(), kind).addBinding().toInstance(plugin);
    }
}
