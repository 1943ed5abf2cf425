package ipn.simulator;

import ipn.settings.Settings;
import java.nio.file.Path;
import java.util.Map;

/** The built-in test accounts, as the command line reads them. */
final class TestSettings {
    private TestSettings() {}

    static Settings read(Map<String, String> environment) {
        return Settings.parse(BuiltInTestAccounts.yaml(), environment, Path.of(""));
    }
}
