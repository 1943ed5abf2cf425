package ipn.bench.load;

import ipn.avro.EntitlementEvent;
import ipn.bench.measure.TopicFollower;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Records when a committed reader first read an entitlement event of each gateway event. */
final class EntitlementArrivals implements AutoCloseable {
    private final Map<String, Long> readableAt = new ConcurrentHashMap<>();
    private final TopicFollower<EntitlementEvent> events;

    private EntitlementArrivals(KafkaSettings kafka) throws InterruptedException {
        events = TopicFollower.fromEnd(
                kafka,
                TopicCatalogue.ENTITLEMENTS,
                EntitlementEvent.class,
                (event, at) -> readableAt.putIfAbsent(event.getCause().getEventKey(), at));
    }

    /** Starts to read at the end of the topic. */
    static EntitlementArrivals start(KafkaSettings kafka) throws InterruptedException {
        return new EntitlementArrivals(kafka);
    }

    /** The time of the first read by event key, by {@link System#nanoTime()}. */
    Map<String, Long> readableAt() {
        return readableAt;
    }

    @Override
    public void close() {
        events.close();
    }
}
