package ipn.bench.projector;

import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.bench.measure.TopicFollower;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads the entitlement events as a committed reader: the grants and their time, and the revoked subjects. */
final class EntitlementChanges implements AutoCloseable {
    final Map<String, Long> grantedAt = new ConcurrentHashMap<>();
    final Set<String> revoked = ConcurrentHashMap.newKeySet();
    final AtomicInteger revokedAgain = new AtomicInteger();

    private final TopicFollower<EntitlementEvent> events;

    EntitlementChanges(KafkaSettings kafka) throws InterruptedException {
        events = TopicFollower.fromStart(kafka, TopicCatalogue.ENTITLEMENTS, EntitlementEvent.class, this::record);
    }

    private void record(EntitlementEvent event, long now) {
        if (event.getType() == EntitlementEventType.GRANTED) {
            grantedAt.putIfAbsent(event.getCause().getEventKey(), now);
        } else if (!revoked.add(event.getSubject())) {
            revokedAgain.incrementAndGet();
        }
    }

    @Override
    public void close() {
        events.close();
    }
}
