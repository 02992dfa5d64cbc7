package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Types;
import henderson.api.Combinator;
import henderson.api.CovarianceStructure;
import henderson.api.Estimator;
import henderson.api.Family;
import henderson.api.Link;
import henderson.api.Optimizer;
import henderson.api.Registry;
import henderson.api.plugin.HendersonPlugin;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the plug-in class of a jar must do: be found, and register its names once. */
public interface PluginContract {
    /** The plug-in class under test. */
    HendersonPlugin plugin();

    /** Names of all it registers, of whatever kind, aliases left out, sorted. */
    String[] names();

    /** All kinds of plug-in, the set of each possibly empty. */
    private Injector injector() {
        return Guice.createInjector(plugin(), new AbstractModule() {
            @Override
            protected void configure() {
                Stream.of(
                                CovarianceStructure.class,
                                Combinator.class,
                                Family.class,
                                Link.class,
                                Optimizer.class,
                                Estimator.class)
                        .forEach(kind -> Multibinder.newSetBinder(binder(), kind));
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static <T> Set<T> all(Injector injector, Class<T> kind) {
        return (Set<T>) injector.getInstance(Key.get(TypeLiteral.get(Types.setOf(kind))));
    }

    /** The service loader finds the class. */
    @Test
    default void the_service_loader_finds_the_plugin() {
        assertThat(ServiceLoader.load(HendersonPlugin.class).stream().map(p -> (Object) p.type()))
                .contains(plugin().getClass());
    }

    /** Every name once. */
    @Test
    default void the_names_are_registered_once() {
        Injector injector = injector();
        Set<CovarianceStructure> structures = all(injector, CovarianceStructure.class);
        Set<Combinator> combinators = all(injector, Combinator.class);
        Set<Family> families = all(injector, Family.class);
        Set<Link> links = all(injector, Link.class);
        Set<Optimizer> optimizers = all(injector, Optimizer.class);
        Set<Estimator> estimators = all(injector, Estimator.class);
        Stream<String> found = Stream.of(
                        structures.stream().map(CovarianceStructure::name),
                        combinators.stream().map(Combinator::name),
                        families.stream().map(Family::name),
                        links.stream().map(Link::name),
                        optimizers.stream().map(Optimizer::name),
                        estimators.stream().map(Estimator::name))
                .flatMap(s -> s)
                .sorted();
        assertThat(found).containsExactly(names());
        assertThatCode(() -> Registry.of(structures, combinators, families, links, optimizers, estimators))
                .doesNotThrowAnyException();
    }
}
