package henderson.framework;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Types;
import henderson.api.Combinator;
import henderson.api.CovarianceStructure;
import henderson.api.Estimator;
import henderson.api.Family;
import henderson.api.HendersonException;
import henderson.api.Link;
import henderson.api.Optimizer;
import henderson.api.Registry;
import henderson.api.plugin.HendersonPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The one injector: plug-in modules in, a {@link Registry} out. */
final class Wiring {
    private static final List<Class<?>> KINDS = List.of(
            CovarianceStructure.class, Combinator.class, Family.class, Link.class, Optimizer.class, Estimator.class);

    private Wiring() {}

    static Registry registry(List<HendersonPlugin> plugins) {
        List<Module> modules = new ArrayList<>(plugins);
        modules.add(new EmptySets());
        Injector injector = injector(modules);
        return Registry.of(
                all(injector, CovarianceStructure.class),
                all(injector, Combinator.class),
                all(injector, Family.class),
                all(injector, Link.class),
                all(injector, Optimizer.class),
                all(injector, Estimator.class));
    }

    private static Injector injector(List<Module> modules) {
        try {
            return Guice.createInjector(modules);
        } catch (CreationException e) {
            String reason = e.getErrorMessages().iterator().next().getMessage();
            throw new HendersonException(
                    "The plug-ins do not fit together: " + reason, "Maybe the same jar is given twice.", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Set<T> all(Injector injector, Class<T> kind) {
        return (Set<T>) injector.getInstance(Key.get(Types.setOf(kind)));
    }

    /** Declares the set of each kind, so that it exists where no plug-in adds to it. */
    private static final class EmptySets extends AbstractModule {
        @Override
        protected void configure() {
            KINDS.forEach(kind -> Multibinder.newSetBinder(binder(), kind));
        }
    }
}
