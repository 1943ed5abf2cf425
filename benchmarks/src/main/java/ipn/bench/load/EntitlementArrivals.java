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
import org.HdrHistogram.Histogram;

/** Records when a committed reader first read an entitlement event of each gateway event. */
public final class EntitlementArrivals implements AutoCloseable {
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
    public static EntitlementArrivals start(KafkaSettings kafka) throws InterruptedException {
        return new EntitlementArrivals(kafka);
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
