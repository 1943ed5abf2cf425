package ipn.bench.measure;

import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads the entitlement events as a committed reader: the grants and their time, and the revoked subjects. */
public final class EntitlementChanges implements AutoCloseable {
    private final Map<String, Long> grantedAt = new ConcurrentHashMap<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger revokedAgain = new AtomicInteger();

    private final TopicFollower<EntitlementEvent> events;

    /** Starts to read at the beginning of the topic. */
    public EntitlementChanges(KafkaSettings kafka) throws InterruptedException {
        events = TopicFollower.fromStart(kafka, TopicCatalogue.ENTITLEMENTS, EntitlementEvent.class, this::record);
    }

    private void record(EntitlementEvent event, long now) {
        if (event.getType() == EntitlementEventType.GRANTED) {
            grantedAt.putIfAbsent(event.getCause().getEventKey(), now);
        } else if (!revoked.add(event.getSubject())) {
            revokedAgain.incrementAndGet();
        }
    }

    /** When each grant was first read, by the key of the event that caused it; by {@link System#nanoTime()}. */
    public Map<String, Long> grantedAt() {
        return grantedAt;
    }

    /** The subjects of all events that are no grants. */
    public Set<String> revoked() {
        return revoked;
    }

    /** How many such events came for a subject that had one already. */
    public int revokedAgain() {
        return revokedAgain.get();
    }

    @Override
    public void close() {
        events.close();
    }
}
