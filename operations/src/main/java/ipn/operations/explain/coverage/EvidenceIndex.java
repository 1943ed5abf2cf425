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
 * The evidence that entitlement events need, and the evidence that was found. Contains hashes only, so that a million events take a few
 * hundred megabytes. To be filled from the end of the pipeline to its beginning.
 */
final class EvidenceIndex {
    private static final long[] NONE = {};

    /** What a raw record contains. */
    record Found(long event, boolean verified) {}

    private final Set<Long> payments = new HashSet<>();
    private final Set<Long> orders = new HashSet<>();
    private final Set<Long> knownOrders = new HashSet<>();
    /** By payment: the events that carried its facts. */
    private final Map<Long, long[]> carriers = new HashMap<>();
    /** By payment and event: the positions of raw records that its outcomes name. */
    private final Map<Long, long[]> sources = new HashMap<>();

    /** By the event key of their causes. */
    private final Set<Long> decisions = new HashSet<>();

    private final Set<Long> positions = new HashSet<>();
    private final Map<Long, Found> records = new HashMap<>();

    void need(EntitlementEvent event) {
        positions.add(hash(Position.of(event.getCause())));
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

    void decision(String eventKey) {
        decisions.add(Hashing.hashOf(eventKey));
    }

    boolean knowsDecision(String eventKey) {
        return decisions.contains(Hashing.hashOf(eventKey));
    }

    void payment(String paymentKey, long[] events) {
        carriers.put(Hashing.hashOf(paymentKey), events);
    }

    boolean knowsPayment(String paymentKey) {
        return carriers.containsKey(Hashing.hashOf(paymentKey));
    }

    long[] carriers(String paymentKey) {
        return carriers.getOrDefault(Hashing.hashOf(paymentKey), NONE);
    }

    /** To be called after all payments were entered: only outcomes of events that carried a fact count. */
    void outcome(String paymentKey, String eventKey, Position source) {
        var event = Hashing.hashOf(eventKey);
        if (Arrays.stream(carriers(paymentKey)).anyMatch(carrier -> carrier == event)) {
            var position = hash(source);
            positions.add(position);
            sources.merge(Hashing.hashOf(paymentKey, event), new long[] {position}, EvidenceIndex::both);
        }
    }

    boolean needsRecord(Position position) {
        return positions.contains(hash(position));
    }

    void record(Position position, RawRecordSummary summary) {
        records.put(
                hash(position),
                new Found(
                        Hashing.hashOf(summary.eventKey()),
                        !summary.verifiedBy().isEmpty()));
    }

    Map<Long, Found> records() {
        return records;
    }

    /** Whether one of the raw records of an event still exists. */
    boolean exists(String paymentKey, long carrier) {
        return Arrays.stream(sources.getOrDefault(Hashing.hashOf(paymentKey, carrier), NONE))
                .anyMatch(records::containsKey);
    }

    static long hash(Position position) {
        return Hashing.hashOf(position.topic(), position.partition(), position.offset());
    }

    private static long[] both(long[] some, long[] more) {
        var all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
