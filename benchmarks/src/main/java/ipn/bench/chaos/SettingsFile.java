package ipn.bench.chaos;

import ipn.app.SettingsSource;
import ipn.bench.measure.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The settings file of a pipeline: the built-in test settings, to which products are added while it runs: stages read it again when it has changed.
 *
 * @param path of the file
 */
record SettingsFile(Path path) {
    private static final String PRODUCTS = "products:\n";

    /** Writes it, in the folder of a run. */
    static SettingsFile create(Path folder) throws IOException {
        var settings = new SettingsFile(folder.resolve("ipn.yaml").toAbsolutePath());
        DataFolder.replace(settings.path(), SettingsSource.builtInYaml());
        return settings;
    }

    /** Adds a product that is sold as a promoted post is. */
    void add(String product) throws IOException {
        DataFolder.replace(
                path,
                Files.readString(path)
                        .replace(
                                PRODUCTS,
                                PRODUCTS
                                        + "  %s: {entitlement: promotion, kind: once, scope: reference, prices: {USD: 2500}}%n"
                                                .formatted(product)));
    }
}
