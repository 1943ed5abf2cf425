package ipn.gateway;

import ipn.settings.Settings;
import ipn.settings.SettingsChange;
import ipn.settings.SettingsUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The accounts of a running stage. New accounts, and other secrets of an account whose settings are the same otherwise, are used without a
 * restart; everything else needs one, so that a stage never runs with half of a change. Thread-safe.
 */
public final class RunningAccounts implements Supplier<Accounts> {
    private static final String SECTION = "gateways";

    private final Settings started;
    private final Map<String, Settings> readFrom = new HashMap<>();
    private volatile Accounts current;

    /** @param started the settings that the accounts were read from */
    public RunningAccounts(Accounts accounts, Settings started) {
        this.current = accounts;
        this.started = started;
        accounts.byName().keySet().forEach(name -> readFrom.put(name, started));
    }

    @Override
    public Accounts get() {
        return current;
    }

    /**
     * Uses what can be used without a restart. Accounts that did not change stay the same objects.
     *
     * @throws ipn.settings.SettingsException if the settings have problems; then nothing changes
     */
    public synchronized SettingsUpdate update(Settings changed) {
        var read = Accounts.from(changed);
        changed.problems().throwIfAny();
        var used = new ArrayList<String>();
        var needRestart = new TreeSet<>(outsideAccounts(changed));
        var replaced = new TreeSet<String>();
        for (var name : names(read)) {
            var change = changeOf(name, read, changed);
            if (change.canBeUsed()) {
                used.addAll(change.keys());
                replaced.add(name);
            } else {
                needRestart.addAll(change.keys());
            }
        }
        replaced.forEach(name -> readFrom.put(name, changed));
        current = merged(read, replaced);
        return new SettingsUpdate(used, List.copyOf(needRestart));
    }

    private record Change(List<String> keys, boolean canBeUsed) {}

    private Change changeOf(String name, Accounts read, Settings changed) {
        var section = SECTION + "." + name.replace('/', '.');
        if (!read.byName().containsKey(name)) {
            return new Change(List.of(section), false);
        }
        if (!current.byName().containsKey(name)) {
            return new Change(List.of(section), !isFirstLive(name, read));
        }
        var change = new SettingsChange(Objects.requireNonNull(readFrom.get(name)), changed);
        var secrets = change.secrets(section);
        var others = change.keys(section).stream()
                .filter(key -> !change.isSecret(key))
                .toList();
        return others.isEmpty()
                ? new Change(secrets, !secrets.isEmpty())
                : new Change(Stream.concat(others.stream(), secrets.stream()).toList(), false);
    }

    /** Test money grants nothing once there is a live account: the first one changes what all stages do. */
    private boolean isFirstLive(String name, Accounts read) {
        return !current.live()
                && Objects.requireNonNull(read.byName().get(name)).id().live();
    }

    private Set<String> names(Accounts read) {
        var names = new TreeSet<>(current.byName().keySet());
        names.addAll(read.byName().keySet());
        return names;
    }

    private List<String> outsideAccounts(Settings changed) {
        return new SettingsChange(started, changed)
                .keys("").stream()
                        .filter(key -> !SettingsChange.isIn(key, SECTION))
                        .toList();
    }

    private Accounts merged(Accounts read, Set<String> replaced) {
        var accounts = new HashMap<>(current.byName());
        var words = new HashMap<>(current.payerWordsByName());
        for (var name : replaced) {
            accounts.put(name, Objects.requireNonNull(read.byName().get(name)));
            words.put(name, read.payerWordsByName().getOrDefault(name, Set.of()));
        }
        return new Accounts(accounts, words);
    }
}
