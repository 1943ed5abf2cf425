package ipn.app.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.app.stack.Waiting;
import ipn.avro.EntitlementEvent;
import ipn.avro.Outcome;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what the pipeline says, committed only, from the moment it is opened. */
public final class Watch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    private final List<EntitlementEvent> entitlements = new CopyOnWriteArrayList<>();
    private final List<Buried> buried = new CopyOnWriteArrayList<>();

    private final KafkaSettings kafka;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<Outcome> outcomeValues;
    private final Deserializer<EntitlementEvent> entitlementValues;
    private final Thread thread = new Thread(this::run, "watch");
    private volatile boolean open = true;

    /** A dead letter. */
    public record Buried(String id, String eventKey, String reason) {}

    private Watch(KafkaSettings kafka) {
        this.kafka = kafka;
        var serdes = kafka.serdes();
        outcomeValues = serdes.deserializer(Outcome.class);
        entitlementValues = serdes.deserializer(EntitlementEvent.class);
        var properties = kafka.client();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    public static Watch open(KafkaSettings kafka) {
        var watch = new Watch(kafka);
        watch.seekToEnd();
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void seekToEnd() {
        var partitions = Stream.of(TopicCatalogue.OUTCOMES, TopicCatalogue.ENTITLEMENTS, TopicCatalogue.DLQ)
                .flatMap(topic -> consumer.partitionsFor(kafka.topics().name(topic)).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // seeking is lazy; what is written after this line must be seen
        partitions.forEach(consumer::position);
    }

    private void run() {
        while (open) {
            consumer.poll(POLL).forEach(this::note);
        }
        consumer.close();
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        var topic = record.topic().substring(kafka.topics().prefix().length());
        switch (topic) {
            case TopicCatalogue.OUTCOMES -> outcomes.add(outcomeValues.deserialize(record.topic(), record.value()));
            case TopicCatalogue.ENTITLEMENTS ->
                entitlements.add(entitlementValues.deserialize(record.topic(), record.value()));
            default ->
                buried.add(new Buried(
                        header(record, Headers.DLQ_ID),
                        header(record, Headers.CE_ID),
                        header(record, Headers.DLQ_REASON)));
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    /** How many outcomes an event has had. */
    public int outcomesOf(String eventKey) {
        return (int) outcomes.stream()
                .filter(outcome -> outcome.getEventKey().equals(eventKey))
                .count();
    }

    /** Waits for one more outcome of an event than it had. */
    public Outcome outcomeAfter(String eventKey, int before) {
        Waiting.until("the outcome of " + eventKey, PATIENCE, () -> outcomesOf(eventKey) > before);
        return outcomes.stream()
                .filter(outcome -> outcome.getEventKey().equals(eventKey))
                .skip(before)
                .findFirst()
                .orElseThrow();
    }

    /** Everything said of a subject's entitlements, in order. */
    public List<EntitlementEvent> entitlements(String subject) {
        return entitlements.stream()
                .filter(event -> event.getSubject().equals(subject))
                .toList();
    }

    /** Waits for the entitlement event that an event of a gateway caused. */
    public EntitlementEvent entitlementBy(String subject, String eventKey) {
        return first(
                "an entitlement of " + subject,
                entitlements,
                event -> event.getSubject().equals(subject)
                        && event.getCause().getEventKey().equals(eventKey));
    }

    /** Waits for the dead letter of an event. */
    public Buried deadLetterOf(String eventKey) {
        return first(
                "the dead letter of " + eventKey,
                buried,
                letter -> letter.eventKey().equals(eventKey));
    }

    private static <T> T first(String what, List<T> all, Predicate<T> wanted) {
        Waiting.until(what, PATIENCE, () -> find(all, wanted).isPresent());
        return find(all, wanted).orElseThrow();
    }

    private static <T> Optional<T> find(List<T> all, Predicate<T> wanted) {
        return all.stream().filter(wanted).findFirst();
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
