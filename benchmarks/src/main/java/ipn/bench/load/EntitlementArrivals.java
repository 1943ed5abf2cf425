package ipn.bench.load;

import ipn.avro.EntitlementEvent;
import ipn.bench.measure.TopicFollower;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Notes when each entitlement event became readable to a committed reader, by the gateway event that caused it. */
final class EntitlementArrivals implements AutoCloseable {
    private final Map<String, Long> readableAt = new ConcurrentHashMap<>();
    private final TopicFollower<EntitlementEvent> events;

    private EntitlementArrivals(KafkaSettings kafka) throws InterruptedException {
        events = TopicFollower.fromNow(
                kafka,
                TopicCatalogue.ENTITLEMENTS,
                EntitlementEvent.class,
                (event, at) -> readableAt.putIfAbsent(event.getCause().getEventKey(), at));
    }

    /** Begins at the end of the topic. */
    static EntitlementArrivals watch(KafkaSettings kafka) throws InterruptedException {
        return new EntitlementArrivals(kafka);
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
