package ipn.operations.reconcile.report;

import ipn.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The layouts of all gateways: built-in ones from {@code ipn/report/<gateway>.yaml} on the class path, and those of section
 * {@code reconcile} of the settings, which replace or extend them.
 */
public final class ReportLayouts {
    private static final String SAME_AS = "same-as";

    private final Map<String, Map<String, ReportLayout>> byGateway;

    private ReportLayouts(Map<String, Map<String, ReportLayout>> byGateway) {
        this.byGateway = byGateway;
    }

    /** Reads section {@code reconcile}. Invalid values become problems of the settings. */
    public static ReportLayouts from(Settings settings) {
        var section = settings.in("reconcile");
        var all = new TreeMap<String, Map<String, ReportLayout>>();
        for (var gateway : section.names()) {
            all.put(gateway, configured(section.in(gateway), builtIn(gateway)));
        }
        return new ReportLayouts(all);
    }

    private static Map<String, ReportLayout> configured(Settings gateway, Map<String, ReportLayout> builtIn) {
        var layouts = new LinkedHashMap<>(builtIn);
        for (var name : gateway.names()) {
            var section = gateway.in(name);
            layouts.put(name, LayoutSettings.read(section, builtIn.getOrDefault(name, ReportLayout.PLAIN), true));
        }
        return layouts;
    }

    /** Names of the layouts of a gateway, the default first; empty if there is none. */
    public List<String> names(String gateway) {
        return List.copyOf(layouts(gateway).keySet());
    }

    /** @param name empty for the default layout */
    public Optional<ReportLayout> find(String gateway, Optional<String> name) {
        var layouts = layouts(gateway);
        return name.map(layouts::get)
                .or(() -> name.isPresent()
                        ? Optional.empty()
                        : layouts.values().stream().findFirst());
    }

    private Map<String, ReportLayout> layouts(String gateway) {
        var configured = byGateway.get(gateway);
        return configured != null ? configured : builtIn(gateway);
    }

    private static Map<String, ReportLayout> builtIn(String gateway) {
        try (var yaml = ReportLayouts.class.getResourceAsStream("/ipn/report/" + gateway + ".yaml")) {
            if (yaml == null) {
                return Map.of();
            }
            var settings =
                    Settings.parse(new String(yaml.readAllBytes(), StandardCharsets.UTF_8), Map.of(), Path.of(""));
            var other = settings.text(SAME_AS);
            if (other.isPresent()) {
                return builtIn(other.get());
            }
            var layouts = new LinkedHashMap<String, ReportLayout>();
            settings.names()
                    .forEach(name ->
                            layouts.put(name, LayoutSettings.read(settings.in(name), ReportLayout.PLAIN, false)));
            settings.verify();
            return layouts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
