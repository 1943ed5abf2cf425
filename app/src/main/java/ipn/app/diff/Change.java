package ipn.app.diff;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One difference.
 *
 * @param side where it is
 * @param key payment key, entitlement, entry of the ledger, id of a discrepancy or notification, position of a dead letter
 * @param user whom it concerns; empty if unknown
 * @param fields those that differ
 * @param money behind it by currency, minor units; of the ledger: the second side less the first
 */
public record Change(Kind kind, Side side, String key, String user, List<FieldChange> fields, Map<String, Long> money) {
    /** Which side has it. */
    public enum Side {
        ONLY_FIRST,
        ONLY_SECOND,
        DIFFERENT
    }

    /** One field; an empty text is no value. */
    public record FieldChange(String name, String first, String second) {}

    public Change {
        fields = List.copyOf(fields);
        money = new TreeMap<>(money);
    }

    /** What differs between two sides; empty if nothing does. */
    static Optional<Change> between(Kind kind, String key, Optional<Described> first, Optional<Described> second) {
        if (first.map(Described::fields).equals(second.map(Described::fields))) {
            return Optional.empty();
        }
        var any = second.or(() -> first).orElseThrow();
        var side = first.isEmpty() ? Side.ONLY_SECOND : second.isEmpty() ? Side.ONLY_FIRST : Side.DIFFERENT;
        return Optional.of(new Change(kind, side, key, any.user(), fields(first, second), money(kind, first, second)));
    }

    private static List<FieldChange> fields(Optional<Described> first, Optional<Described> second) {
        var before = first.map(Described::fields).orElse(Map.of());
        var after = second.map(Described::fields).orElse(Map.of());
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .map(name -> new FieldChange(name, before.getOrDefault(name, ""), after.getOrDefault(name, "")))
                .toList();
    }

    private static Map<String, Long> money(Kind kind, Optional<Described> first, Optional<Described> second) {
        if (kind != Kind.LEDGER) {
            return second.or(() -> first).orElseThrow().money();
        }
        var difference = new TreeMap<String, Long>();
        second.ifPresent(
                each -> each.money().forEach((currency, sum) -> difference.merge(currency, sum, Math::addExact)));
        first.ifPresent(
                each -> each.money().forEach((currency, sum) -> difference.merge(currency, -sum, Math::addExact)));
        difference.values().removeIf(sum -> sum == 0);
        return difference;
    }

    /** What differs, in words. */
    public String text() {
        return fields.stream()
                .map(field -> side == Side.DIFFERENT
                        ? "%s: %s -> %s".formatted(field.name(), shown(field.first()), shown(field.second()))
                        : "%s: %s".formatted(field.name(), field.first() + field.second()))
                .reduce((one, next) -> one + "; " + next)
                .orElse("");
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : value;
    }
}
