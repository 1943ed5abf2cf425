package ipn.bench.chaos;

import ipn.app.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The settings file of a pipeline: the built-in test settings, to which products are added while it runs.
 *
 * @param path of the file
 */
record SettingsFile(Path path) {
    private static final String PRODUCTS = "products:\n";

    /** Writes it, in the folder of a run. */
    static SettingsFile create(Path folder) throws IOException {
        var settings = new SettingsFile(folder.resolve("ipn.yaml").toAbsolutePath());
        settings.write(SettingsSource.builtInYaml());
        return settings;
    }

    /** Adds a product that is sold as a promoted post is. */
    void add(String product) throws IOException {
        write(Files.readString(path)
                .replace(
                        PRODUCTS,
                        PRODUCTS
                                + "  %s: {entitlement: promotion, kind: once, scope: reference, prices: {USD: 2500}}%n"
                                        .formatted(product)));
    }

    /** At once, because stages read it again when it has changed. */
    private void write(String text) throws IOException {
        var written = path.resolveSibling("ipn.yaml.new");
        Files.writeString(written, text);
        Files.move(written, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
