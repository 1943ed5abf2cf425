package ipn.gateway;

import ipn.settings.Settings;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The setting that names the merchants whose events an account accepts. In mode live it is required, so that an event of
 * another merchant is never accepted by omission; {@code any} accepts every merchant explicitly.
 *
 * @param form regular expression of an id
 * @param what description of the id, for people
 * @param where the page of the gateway that shows the id, for people
 * @param everyMode true: required in mode test too
 * @param anyPossible false: only the receiver binds an event to an account, so {@code any} is refused
 */
public record ReceiverSetting(
        String key, String form, String what, String where, boolean everyMode, boolean anyPossible) {
    private static final String ANY = "any";

    /** A setting that may be absent in mode test and may be {@code any}. */
    public ReceiverSetting(String key, String form, String what, String where) {
        this(key, form, what, where, false, true);
    }

    /** A copy that is required in mode test too. */
    public ReceiverSetting inEveryMode() {
        return new ReceiverSetting(key, form, what, where, true, anyPossible);
    }

    /** A copy without {@code any}, for a gateway that signs the events of all its merchants with one key. */
    public ReceiverSetting exactly() {
        return new ReceiverSetting(key, form, what, where, everyMode, false);
    }

    Receiver read(Settings settings, boolean live) {
        var ids = settings.list(key).stream().map(String::strip).toList();
        if (ids.isEmpty()) {
            if (live || everyMode) {
                settings.problems().add(settings.full(key), "missing", expected());
            }
            return Receiver.any(settings.full(key));
        }
        if (anyPossible && Set.of(ANY).equals(Set.copyOf(ids))) {
            return Receiver.any(settings.full(key));
        }
        ids.stream()
                .filter(id -> id.equals(ANY) || !id.matches(form))
                .forEach(id -> settings.problems().add(settings.full(key), id.isEmpty() ? "blank" : id, expected()));
        return Receiver.exactly(settings.full(key), ids.stream().collect(Collectors.toUnmodifiableSet()));
    }

    private String expected() {
        return "%s, or a list, %s; shown %s"
                .formatted(what, anyPossible ? "or any, which accepts every one" : "but not any", where);
    }
}
