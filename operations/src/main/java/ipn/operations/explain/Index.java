package ipn.operations.explain;

import ipn.avro.EntitlementEvent;
import ipn.operations.Position;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What entitlement events need to be explained, and what of it was found: hashes only, so that a million events take some
 * hundred megabytes. Filled from the events down to the raw records.
 */
final class Index {
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
        positions.add(of(Holdings.source(event)));
        if (event.getPaymentKey() != null) {
            payments.add(Hash.of(event.getPaymentKey()));
        }
        if (event.getOrder() != null) {
            orders.add(Hash.of(event.getOrder()));
        }
    }

    boolean needsPayment(String paymentKey) {
        return payments.contains(Hash.of(paymentKey));
    }

    void order(String id, boolean there) {
        var hash = Hash.of(id);
        if (there && orders.contains(hash)) {
            knownOrders.add(hash);
        } else {
            knownOrders.remove(hash);
        }
    }

    boolean knowsOrder(String id) {
        return knownOrders.contains(Hash.of(id));
    }

    void payment(String paymentKey, long[] events) {
        tellers.put(Hash.of(paymentKey), events);
    }

    boolean knowsPayment(String paymentKey) {
        return tellers.containsKey(Hash.of(paymentKey));
    }

    long[] tellers(String paymentKey) {
        return tellers.getOrDefault(Hash.of(paymentKey), NONE);
    }

    /** To be called when all payments are in: only outcomes of events that told a fact count. */
    void outcome(String paymentKey, String eventKey, Position source) {
        var event = Hash.of(eventKey);
        if (Arrays.stream(tellers(paymentKey)).anyMatch(teller -> teller == event)) {
            var position = of(source);
            positions.add(position);
            sources.merge(Hash.of(paymentKey, event), new long[] {position}, Index::both);
        }
    }

    boolean needsRecord(Position position) {
        return positions.contains(of(position));
    }

    void record(Position position, RawRecordStory story) {
        records.put(
                of(position),
                new Found(Hash.of(story.eventKey()), !story.verifiedBy().isEmpty()));
    }

    Map<Long, Found> records() {
        return records;
    }

    /** Whether one of the records that told this still exists. */
    boolean exists(String paymentKey, long teller) {
        return Arrays.stream(sources.getOrDefault(Hash.of(paymentKey, teller), NONE))
                .anyMatch(records::containsKey);
    }

    static long of(Position position) {
        return Hash.of(position.topic(), position.partition(), position.offset());
    }

    private static long[] both(long[] some, long[] more) {
        var all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
