package ipn.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    @TempDir
    private Path folder;

    @Test
    void has_each_product_that_was_added_beside_the_built_in_ones() throws IOException {
        var file = SettingsFile.create(folder);
        assertThat(products(file)).isEqualTo(products(SettingsSource.builtIn(Map.of())));

        file.add("late-1");
        file.add("late-2");

        assertThat(products(file)).contains("late-1", "late-2", "promoted-post", "premium");
    }

    private static Set<String> products(SettingsFile file) {
        return products(new SettingsSource(Optional.of(file.path()), Map.of()));
    }

    private static Set<String> products(SettingsSource source) {
        return IpnConfig.from(source.read(), Path.of("data"))
                .projector()
                .products()
                .byName()
                .keySet();
    }
}
