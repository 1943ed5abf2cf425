package ipn.runtime.caller;

import ipn.runtime.process.SettingsWatch;
import ipn.settings.Settings;
import ipn.settings.SettingsChange;
import ipn.settings.SettingsUpdate;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Hands changed settings to a running server: who may ask, how often, and its certificates. Everything else needs a restart. */
final class ChangedListening implements SettingsWatch.Stage {
    private static final List<String> USED = List.of("tls", "oidc", "services", "rate-limit");

    private final Consumer<ListenSettings> server;
    private ListenSettings running;

    ChangedListening(ListenSettings running, Consumer<ListenSettings> server) {
        this.running = running;
        this.server = server;
    }

    @Override
    public SettingsUpdate update(Settings changed) {
        var after = ListenSettings.from(changed, running.listener());
        var section = running.listener().section();
        changed.problems().throwIfAny(section);
        var keys = keys(new SettingsChange(running.source(), changed), section);
        if (running.tls().isPresent() != after.tls().isPresent()) {
            return new SettingsUpdate(List.of(), keys);
        }
        server.accept(after);
        running = after;
        return new SettingsUpdate(
                keys.stream().filter(key -> isUsed(key, section)).toList(),
                keys.stream().filter(key -> !isUsed(key, section)).toList());
    }

    private static List<String> keys(SettingsChange change, String section) {
        var keys = new TreeSet<>(change.keys(section));
        keys.addAll(change.secrets(section));
        return List.copyOf(keys);
    }

    private static boolean isUsed(String key, String section) {
        return USED.stream().anyMatch(each -> SettingsChange.isIn(key, section + "." + each));
    }
}
