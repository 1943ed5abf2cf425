package ipn.app.kill;

import ipn.avro.AccessReason;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.avro.EntitlementEvent;
import ipn.avro.LedgerEntry;
import ipn.avro.NotificationCommand;
import ipn.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a projector has emitted so far, added up by purchase.
 *
 * @param access by subject, entitlement and scope
 * @param booked by number of the purchase
 * @param opened discrepancies by number of the purchase
 * @param closed the same
 * @param notified of what each subject is notified, in order
 * @param repeated what is there twice, or out of order
 */
record Emitted(
        Map<String, Access> access,
        Map<Integer, Booked> booked,
        Map<Integer, Integer> opened,
        Map<Integer, Integer> closed,
        Map<String, List<String>> notified,
        List<String> repeated) {
    /** Ids of the simulator contain the number of the purchase. */
    private static final Pattern NUMBER = Pattern.compile("(?:order-|_k)(\\d+)");

    /**
     * The last event about an entitlement.
     *
     * @param text as {@code ipn policy diff} writes access
     */
    record Access(long revision, String text) {}

    /**
     * What is booked of a purchase.
     *
     * @param accounts their sums
     */
    record Booked(int entries, Map<String, Long> accounts) {
        static final Booked NOTHING = new Booked(0, Map.of());

        private Booked plus(LedgerEntry entry) {
            var sums = new TreeMap<>(accounts);
            entry.getLines().forEach(line -> sums.merge(line.getAccount(), line.getAmount(), Long::sum));
            return new Booked(entries + 1, sums);
        }

        /** How sums have changed since, without accounts that have not. */
        Map<String, Long> since(Booked earlier) {
            var moved = new TreeMap<>(accounts);
            earlier.accounts().forEach((account, sum) -> moved.merge(account, -sum, Long::sum));
            moved.values().removeIf(sum -> sum == 0);
            return moved;
        }
    }

    /** Reads what is committed now. */
    static Emitted read(Topics topics) {
        var emitted = new Emitted(
                new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new ArrayList<>());
        topics.each(TopicCatalogue.ENTITLEMENTS, EntitlementEvent.class, (key, event) -> emitted.add(event));
        var numbers = new HashMap<String, Integer>();
        topics.each(TopicCatalogue.LEDGER, LedgerEntry.class, (key, entry) -> emitted.add(key, entry, numbers));
        topics.each(TopicCatalogue.DISCREPANCIES, Discrepancy.class, (key, each) -> emitted.add(key, each));
        topics.each(
                TopicCatalogue.NOTIFICATIONS,
                NotificationCommand.class,
                (key, each) -> emitted.notified
                        .computeIfAbsent(key, any -> new ArrayList<>())
                        .add(each.getKind().name()));
        return emitted;
    }

    private void add(EntitlementEvent event) {
        var key = String.join("/", event.getSubject(), event.getEntitlement())
                + Optional.ofNullable(event.getScope())
                        .map(scope -> "/" + scope)
                        .orElse("");
        var last = access.put(key, new Access(event.getRevision(), text(event)));
        if (event.getRevision() != (last == null ? 1 : last.revision() + 1)) {
            repeated.add("%s: revision %d after %s".formatted(key, event.getRevision(), last));
        }
    }

    private static String text(EntitlementEvent event) {
        if (event.getReason() == AccessReason.WITHDRAWN) {
            return PlannedPurchase.NONE;
        }
        var end = event.getGraceUntil() == null ? event.getUntil() : event.getGraceUntil();
        return event.getStatus() + (end == null ? "" : " until " + end) + " (" + event.getProduct() + ")";
    }

    private void add(String key, LedgerEntry entry, Map<String, Integer> numbers) {
        booked.merge(number(key), Booked.NOTHING.plus(entry), (before, one) -> before.plus(entry));
        var next = numbers.merge(key, 1, Integer::sum);
        if (!entry.getEntryId().equals(key + "/" + next)) {
            repeated.add("ledger entry %s (expected: number %d)".formatted(entry.getEntryId(), next));
        }
    }

    private void add(String key, Discrepancy discrepancy) {
        var counted = discrepancy.getState() == DiscrepancyState.OPEN ? opened : closed;
        counted.merge(number(key), 1, Integer::sum);
    }

    private static int number(String key) {
        var found = NUMBER.matcher(key);
        if (!found.find()) {
            throw new AssertionError("key: %s (expected: of a planned purchase)".formatted(key));
        }
        return Integer.parseInt(found.group(1));
    }
}
