package henderson.framework;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.Message;
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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plug-in modules in, a {@link Registry} out. */
final class Wiring {
    private static final List<Class<?>> KINDS = List.of(
            CovarianceStructure.class, Combinator.class, Family.class, Link.class, Optimizer.class, Estimator.class);

    private Wiring() {}

    /**
     * Plug-ins beside this class are asked by their verbs alone: they bind nothing else, and an injector takes longer to
     * make than a small fit. Those of other jars may use it.
     */
    static Registry registry(List<HendersonPlugin> plugins) {
        boolean own = plugins.stream().allMatch(p -> p.getClass().getClassLoader() == Wiring.class.getClassLoader());
        Registry plain = own ? registered(plugins) : null;
        return plain == null ? injected(plugins) : plain;
    }

    /** Null where a plug-in needs an injector, or cannot register what it brings. */
    private static @Nullable Registry registered(List<HendersonPlugin> plugins) {
        Map<Class<?>, Set<Object>> found = new HashMap<>();
        HendersonPlugin.Registrar registrar = new HendersonPlugin.Registrar() {
            @Override
            public <T> void add(Class<T> kind, T plugin) {
                found.computeIfAbsent(kind, k -> new LinkedHashSet<>()).add(plugin);
            }
        };
        try {
            plugins.forEach(p -> p.register(registrar));
        } catch (RuntimeException | LinkageError e) {
            return null; // the injector's road says why
        }
        return Registry.of(
                all(found, CovarianceStructure.class),
                all(found, Combinator.class),
                all(found, Family.class),
                all(found, Link.class),
                all(found, Optimizer.class),
                all(found, Estimator.class));
    }

    @SuppressWarnings("unchecked")
    private static <T> Set<T> all(Map<Class<?>, Set<Object>> found, Class<T> kind) {
        return (Set<T>) found.getOrDefault(kind, Set.of());
    }

    /** With the one injector. */
    static Registry injected(List<HendersonPlugin> plugins) {
        List<Module> modules = new ArrayList<>();
        plugins.forEach(p -> modules.add(registered(p)));
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

    /** What a plug-in registers; it registers here, so that the injector has no failure to log. */
    private static Module registered(HendersonPlugin plugin) {
        List<Element> elements;
        try {
            elements = Elements.getElements(plugin);
        } catch (LinkageError e) {
            throw cannotRegister(plugin, OtherVersions.what(e), e);
        }
        for (Element element : elements) {
            if (element instanceof Message message) {
                Throwable cause = message.getCause();
                throw cannotRegister(plugin, cause == null ? message.getMessage() : OtherVersions.what(cause), cause);
            }
        }
        return Elements.getModule(elements);
    }

    private static HendersonException cannotRegister(HendersonPlugin plugin, String reason, @Nullable Throwable cause) {
        String name = plugin.getClass().getName();
        return new HendersonException(
                "The plug-in " + name + " cannot register what it brings: " + reason + ".",
                OtherVersions.ADVICE,
                cause);
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
