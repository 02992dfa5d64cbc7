package henderson.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.HendersonException;
import henderson.api.plugin.HendersonPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void a_list_is_written_once_and_then_read(@TempDir Path folder) throws IOException {
        Path list = folder.resolve("plugins");
        List<String> found = names(PluginFinder.find(List.of()));
        assertThat(names(PluginFinder.listed(list))).isEqualTo(found);
        assertThat(Files.readAllLines(list)).isEqualTo(found);
        Files.write(list, found.subList(0, 2));
        assertThat(names(PluginFinder.listed(list))).isEqualTo(found.subList(0, 2));
        Files.writeString(list, "no.such.Plugin");
        assertThat(names(PluginFinder.listed(list))).isEqualTo(found);
    }

    private static List<String> names(List<HendersonPlugin> plugins) {
        return plugins.stream().map(p -> p.getClass().getName()).toList();
    }

    @Test
    void a_plug_in_that_fails_is_named() {
        assertThatThrownBy(() -> Wiring.registry(List.of(new Broken())))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("Broken");
    }
}
