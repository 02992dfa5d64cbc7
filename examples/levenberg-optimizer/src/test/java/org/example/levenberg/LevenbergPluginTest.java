package org.example.levenberg;

import henderson.api.plugin.HendersonPlugin;
import henderson.testkit.PluginContract;

class LevenbergPluginTest implements PluginContract {
    @Override
    public HendersonPlugin plugin() {
        return new LevenbergPlugin();
    }

    @Override
    public String[] names() {
        return new String[] {"levenberg"};
    }
}
