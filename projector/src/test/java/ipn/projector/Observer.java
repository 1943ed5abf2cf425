package ipn.projector;

import ipn.avro.Discrepancy;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import ipn.projector.oracle.Expectation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sums up what the projector emitted, in the words of the oracle.
 *
 * @param first the first day of the story
 */
record Observer(Instant first) {
    /** @param newest events, one of each entitlement */
    Expectation see(
            Collection<EntitlementEvent> newest, Map<String, Long> balances, Collection<Discrepancy> discrepancies) {
        var access = new TreeMap<String, String>();
        newest.forEach(event -> {
            if (event.getStatus() != EntitlementStatus.ENDED) {
                access.put(event.getSubject() + "/" + event.getEntitlement(), print(event));
            }
        });
        var books = new TreeMap<String, Long>();
        balances.forEach((line, amount) -> {
            var words = line.split(" ");
            var account = words[0].split("/")[0];
            var product = words.length < 4 || words[2].equals("null") ? "" : " " + words[2];
            books.merge(account + product + " " + words[1], amount, Long::sum);
        });
        books.values().removeIf(sum -> sum == 0);
        var open = new TreeMap<>(discrepancies.stream()
                .filter(each -> each.getState() == ipn.avro.DiscrepancyState.OPEN)
                .collect(Collectors.groupingBy(
                        each -> each.getPaymentKey().replaceFirst(".*/", "") + " " + each.getKind(),
                        Collectors.counting())));
        return new Expectation(access, books, open);
    }

    private String print(EntitlementEvent event) {
        return switch (event.getStatus()) {
            case ACTIVE -> "ACTIVE until " + day(event.getUntil());
            case GRACE -> "GRACE since " + day(event.getUntil()) + " until " + day(event.getGraceUntil());
            default -> event.getStatus().name();
        };
    }

    private long day(Instant at) {
        return Duration.between(first, at).toDays();
    }
}
