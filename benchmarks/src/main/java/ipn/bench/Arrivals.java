package ipn.bench;

import ipn.avro.EntitlementEvent;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Notes when each entitlement event became readable to a committed reader, by the gateway event that caused it. */
final class Arrivals implements AutoCloseable {
    private final Map<String, Long> readableAt = new ConcurrentHashMap<>();
    private final Follower<EntitlementEvent> events;

    private Arrivals(KafkaSettings kafka) throws InterruptedException {
        events = Follower.fromNow(
                kafka,
                TopicCatalogue.ENTITLEMENTS,
                EntitlementEvent.class,
                (event, at) -> readableAt.putIfAbsent(event.getCause().getEventKey(), at));
    }

    /** Begins at the end of the topic. */
    static Arrivals watch(KafkaSettings kafka) throws InterruptedException {
        return new Arrivals(kafka);
    }

    /** In {@link System#nanoTime()}. */
    Map<String, Long> readableAt() {
        return readableAt;
    }

    @Override
    public void close() {
        events.close();
    }
}
