package org.example.grid;

import henderson.api.plugin.HendersonPlugin;
import henderson.testkit.PluginContract;

class GridPluginTest implements PluginContract {
    @Override
    public HendersonPlugin plugin() {
        return new GridPlugin();
    }

    @Override
    public String[] names() {
        return new String[] {"grid"};
    }
}
