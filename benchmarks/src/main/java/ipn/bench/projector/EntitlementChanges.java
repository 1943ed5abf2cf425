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

/** Follows the entitlement events as a committed reader: who was granted and revoked, and when it could be read. */
final class EntitlementChanges implements AutoCloseable {
    final Map<String, Long> grantedAt = new ConcurrentHashMap<>();
    final Set<String> revoked = ConcurrentHashMap.newKeySet();
    final AtomicInteger twice = new AtomicInteger();

    private final TopicFollower<EntitlementEvent> events;

    EntitlementChanges(KafkaSettings kafka) throws InterruptedException {
        events = TopicFollower.of(kafka, TopicCatalogue.ENTITLEMENTS, EntitlementEvent.class, this::note);
    }

    private void note(EntitlementEvent event, long now) {
        if (event.getType() == EntitlementEventType.GRANTED) {
            grantedAt.putIfAbsent(event.getCause().getEventKey(), now);
        } else if (!revoked.add(event.getSubject())) {
            twice.incrementAndGet();
        }
    }

    @Override
    public void close() {
        events.close();
    }
}
