package henderson.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.HendersonException;
import henderson.api.plugin.HendersonPlugin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two roads to a registry: by the verbs alone, and by the injector. */
class WiringTest {
    /** Says more than the verbs can. */
    private static final class Binding extends HendersonPlugin {
        private int asked;

        @Override
        protected void plugins() {
            asked++;
            bind(String.class).toInstance("its own");
        }
    }

    /** Cannot say what it brings. */
    private static final class Broken extends HendersonPlugin {
        @Override
        protected void plugins() {
            throw new NoClassDefFoundError("absent/Library");
        }
    }

    @Test
    void both_roads_find_the_same() {
        List<HendersonPlugin> plugins = PluginFinder.find(List.of());
        assertThat(Inventory.of(Wiring.registry(plugins)))
                .isNotEmpty()
                .isEqualTo(Inventory.of(Wiring.injected(plugins)));
    }

    @Test
    void a_plug_in_that_binds_itself_gets_the_injector() {
        Binding binding = new Binding();
        List<HendersonPlugin> plugins = new ArrayList<>(PluginFinder.find(List.of()));
        plugins.add(binding);
        assertThat(Inventory.of(Wiring.registry(plugins))).hasSizeGreaterThan(30);
        assertThat(binding.asked).isEqualTo(2);
    }

    @Test
    void a_plug_in_that_fails_is_named() {
        assertThatThrownBy(() -> Wiring.registry(List.of(new Broken())))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("Broken");
    }
}
