package ipn.bench.load;

import ipn.avro.EntitlementEvent;
import ipn.bench.measure.TopicFollower;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** Records when a committed reader first read an entitlement event of each gateway event. */
public final class EntitlementArrivals implements AutoCloseable {
    private final Map<String, Long> readableAt;
    private final TopicFollower<?> events;

    private EntitlementArrivals(Map<String, Long> readableAt, TopicFollower<?> events) {
        this.readableAt = readableAt;
        this.events = events;
    }

    /** Starts to read at the end of the topic. */
    public static EntitlementArrivals start(KafkaSettings kafka) throws InterruptedException {
        var readableAt = new ConcurrentHashMap<String, Long>();
        return new EntitlementArrivals(
                readableAt,
                TopicFollower.fromEnd(
                        kafka,
                        TopicCatalogue.ENTITLEMENTS,
                        EntitlementEvent.class,
                        (event, at) -> readableAt.putIfAbsent(event.getCause().getEventKey(), at)));
    }

    /**
     * As {@link #start}, with the events of another system.
     *
     * @param topic its full name
     * @param eventKey reads the key of the gateway event that has caused the entitlement event
     */
    public static EntitlementArrivals start(KafkaSettings kafka, String topic, Function<byte[], String> eventKey)
            throws InterruptedException {
        var readableAt = new ConcurrentHashMap<String, Long>();
        return new EntitlementArrivals(
                readableAt,
                TopicFollower.bytesFromEnd(
                        kafka, topic, (event, at) -> readableAt.putIfAbsent(eventKey.apply(event), at)));
    }

    /** The time of the first read by key of the gateway event, by {@link System#nanoTime()}. */
    public Map<String, Long> readableAt() {
        return readableAt;
    }

    /**
     * The time from the 2xx response to the read of the entitlement event. Events that were sent twice do
     * not count: either delivery may be the cause.
     *
     * @param acknowledgedAt the time of the response by event key, by {@link System#nanoTime()}
     */
    public Histogram microsSince(Map<String, Long> acknowledgedAt, List<IngressCall> calls) {
        var deliveries = new HashMap<String, Integer>();
        calls.forEach(call -> deliveries.merge(call.eventKey(), 1, Integer::sum));
        var micros = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
        readableAt.forEach((event, at) -> {
            var acknowledged = acknowledgedAt.get(event);
            if (acknowledged != null && deliveries.getOrDefault(event, 0) == 1) {
                micros.recordValue(Math.max(0, TimeUnit.NANOSECONDS.toMicros(at - acknowledged)));
            }
        });
        return micros;
    }

    @Override
    public void close() {
        events.close();
    }
}
