package ipn.app.kill;

import ipn.app.kill.Emitted.Booked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares what was previewed and emitted with what was planned. Each method returns what differs, in words.
 *
 * @param count of purchases
 */
record PlannedOutcome(PlannedPurchases planned, int count) {
    private static final int SHOWN = 50;

    Stream<PlannedPurchase> purchases() {
        return IntStream.range(0, count).mapToObj(planned::purchase);
    }

    /** Before the new settings are applied. */
    List<String> before(Emitted emitted) {
        return shown(purchases().flatMap(each -> compare(each.stateKey(), access(emitted, each), each.before())));
    }

    /** Once they are, of some purchases. */
    List<String> after(Emitted emitted, Predicate<PlannedPurchase> some) {
        return shown(purchases()
                .filter(some)
                .flatMap(each -> compare(each.stateKey(), access(emitted, each), each.after())));
    }

    /** The users whom a preview must name. */
    Map<String, Preview.Row> previewed() {
        var rows = new HashMap<String, Preview.Row>();
        purchases()
                .forEach(each -> each.change()
                        .ifPresent(change -> rows.put(
                                each.stateKey(), new Preview.Row(change, each.before(), each.after(), money(each)))));
        return rows;
    }

    private static String money(PlannedPurchase purchase) {
        return purchase.money().entrySet().stream()
                .map(sum -> sum.getValue() + " " + sum.getKey())
                .findFirst()
                .orElse("");
    }

    List<String> preview(Map<String, Preview.Row> named) {
        var expected = previewed();
        return shown(Stream.concat(named.keySet().stream(), expected.keySet().stream())
                .distinct()
                .filter(key -> !Objects.equals(named.get(key), expected.get(key)))
                .map(key -> "%s: %s (expected: %s)".formatted(key, named.get(key), expected.get(key))));
    }

    /** What applying the new settings changed: one event for each who was to change, and nothing of anybody else. */
    List<String> changes(Emitted before, Emitted after) {
        return shown(IntStream.range(0, count)
                .boxed()
                .flatMap(number -> changes(number, planned.purchase(number), before, after)));
    }

    private static Stream<String> changes(int number, PlannedPurchase purchase, Emitted before, Emitted after) {
        var key = purchase.stateKey();
        var was = before.booked().getOrDefault(number, Booked.NOTHING);
        var is = after.booked().getOrDefault(number, Booked.NOTHING);
        var entries = is.entries() - was.entries();
        var events = revision(after, key) - revision(before, key);
        return Stream.of(
                        compare(key, access(after, purchase), purchase.after()),
                        compare(key + ", events", events, purchase.change().isPresent() ? 1L : 0L),
                        compare(
                                key + ", ledger",
                                is.since(was),
                                purchase.moved().orElse(Map.of())),
                        purchase.moved().isPresent() ? Stream.<String>of() : compare(key + ", entries", entries, 0),
                        compare(key + ", notified", notified(purchase, before, after), purchase.notified()),
                        compare(
                                key + ", opened",
                                count(after.opened(), number) - count(before.opened(), number),
                                purchase.opens()),
                        compare(
                                key + ", closed",
                                count(after.closed(), number) - count(before.closed(), number),
                                purchase.closes()))
                .flatMap(each -> each);
    }

    private static List<String> notified(PlannedPurchase purchase, Emitted before, Emitted after) {
        var notified = new ArrayList<>(after.notified().getOrDefault(purchase.subject(), List.of()));
        before.notified().getOrDefault(purchase.subject(), List.of()).forEach(notified::remove);
        return notified;
    }

    static String access(Emitted emitted, PlannedPurchase purchase) {
        return Optional.ofNullable(emitted.access().get(purchase.stateKey()))
                .map(Emitted.Access::text)
                .orElse(PlannedPurchase.NONE);
    }

    private static long revision(Emitted emitted, String key) {
        return Optional.ofNullable(emitted.access().get(key))
                .map(Emitted.Access::revision)
                .orElse(0L);
    }

    private static int count(Map<Integer, Integer> counts, int number) {
        return counts.getOrDefault(number, 0);
    }

    private static Stream<String> compare(String what, Object is, Object expected) {
        return is.equals(expected) ? Stream.of() : Stream.of("%s: %s (expected: %s)".formatted(what, is, expected));
    }

    private static List<String> shown(Stream<String> differences) {
        return differences.limit(SHOWN).toList();
    }
}
