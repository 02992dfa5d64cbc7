package henderson.structures;

import henderson.api.plugin.HendersonPlugin;
import henderson.testkit.PluginContract;

class StructuresPluginTest implements PluginContract {
    @Override
    public HendersonPlugin plugin() {
        return new StructuresPlugin();
    }

    @Override
    public String[] names() {
        return new String[] {"exchangeable", "identity", "independent", "known", "unstructured"};
    }
}
