package ipn.operations.explain.coverage;

import ipn.avro.EntitlementEvent;
import ipn.operations.Hashing;
import ipn.operations.explain.evidence.RawRecordSummary;
import ipn.operations.topic.Position;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What entitlement events need to be explained, and what of it was found: hashes only, so that a million events take some
 * hundred megabytes. Filled from the events down to the raw records.
 */
final class EvidenceIndex {
    private static final long[] NONE = {};

    /** What a raw record was found to be. */
    record Found(long event, boolean verified) {}

    private final Set<Long> payments = new HashSet<>();
    private final Set<Long> orders = new HashSet<>();
    private final Set<Long> knownOrders = new HashSet<>();
    /** The events that told the facts of a payment. */
    private final Map<Long, long[]> tellers = new HashMap<>();
    /** Where the outcomes of an event of a payment say its raw records stand. */
    private final Map<Long, long[]> sources = new HashMap<>();

    private final Set<Long> positions = new HashSet<>();
    private final Map<Long, Found> records = new HashMap<>();

    void need(EntitlementEvent event) {
        positions.add(of(Position.of(event.getCause())));
        if (event.getPaymentKey() != null) {
            payments.add(Hashing.hashOf(event.getPaymentKey()));
        }
        if (event.getOrder() != null) {
            orders.add(Hashing.hashOf(event.getOrder()));
        }
    }

    boolean needsPayment(String paymentKey) {
        return payments.contains(Hashing.hashOf(paymentKey));
    }

    void order(String id, boolean there) {
        var hash = Hashing.hashOf(id);
        if (there && orders.contains(hash)) {
            knownOrders.add(hash);
        } else {
            knownOrders.remove(hash);
        }
    }

    boolean knowsOrder(String id) {
        return knownOrders.contains(Hashing.hashOf(id));
    }

    void payment(String paymentKey, long[] events) {
        tellers.put(Hashing.hashOf(paymentKey), events);
    }

    boolean knowsPayment(String paymentKey) {
        return tellers.containsKey(Hashing.hashOf(paymentKey));
    }

    long[] tellers(String paymentKey) {
        return tellers.getOrDefault(Hashing.hashOf(paymentKey), NONE);
    }

    /** To be called when all payments are in: only outcomes of events that told a fact count. */
    void outcome(String paymentKey, String eventKey, Position source) {
        var event = Hashing.hashOf(eventKey);
        if (Arrays.stream(tellers(paymentKey)).anyMatch(teller -> teller == event)) {
            var position = of(source);
            positions.add(position);
            sources.merge(Hashing.hashOf(paymentKey, event), new long[] {position}, EvidenceIndex::both);
        }
    }

    boolean needsRecord(Position position) {
        return positions.contains(of(position));
    }

    void record(Position position, RawRecordSummary story) {
        records.put(
                of(position),
                new Found(Hashing.hashOf(story.eventKey()), !story.verifiedBy().isEmpty()));
    }

    Map<Long, Found> records() {
        return records;
    }

    /** Whether one of the records that told this still exists. */
    boolean exists(String paymentKey, long teller) {
        return Arrays.stream(sources.getOrDefault(Hashing.hashOf(paymentKey, teller), NONE))
                .anyMatch(records::containsKey);
    }

    static long of(Position position) {
        return Hashing.hashOf(position.topic(), position.partition(), position.offset());
    }

    private static long[] both(long[] some, long[] more) {
        var all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
