package org.example.fading;

import henderson.api.plugin.HendersonPlugin;
import henderson.testkit.PluginContract;

class FadingPluginTest implements PluginContract {
    @Override
    public HendersonPlugin plugin() {
        return new FadingPlugin();
    }

    @Override
    public String[] names() {
        return new String[] {"fading"};
    }
}
