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

/** Collects outcomes, entitlement events and dead letters that are committed after it was opened. */
public final class Watch implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    private final List<EntitlementEvent> entitlements = new CopyOnWriteArrayList<>();
    private final List<DeadLetterSummary> deadLetters = new CopyOnWriteArrayList<>();

    private final KafkaSettings kafka;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<Outcome> outcomeValues;
    private final Deserializer<EntitlementEvent> entitlementValues;
    private final Thread thread = new Thread(this::run, "watch");
    private volatile boolean open = true;

    /** A dead letter. */
    public record DeadLetterSummary(String id, String eventKey, String reason) {}

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
        // seeking is lazy; position() applies it, so that every later record is read
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
                deadLetters.add(new DeadLetterSummary(
                        header(record, Headers.DLQ_ID),
                        header(record, Headers.CE_ID),
                        header(record, Headers.DLQ_REASON)));
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    /** Number of outcomes of an event. */
    public int outcomesOf(String eventKey) {
        return (int) outcomes.stream()
                .filter(outcome -> outcome.getEventKey().equals(eventKey))
                .count();
    }

    /** Waits until an event has more outcomes than {@code before}; returns the first new one. */
    public Outcome outcomeAfter(String eventKey, int before) {
        Waiting.until("the outcome of " + eventKey, TIMEOUT, () -> outcomesOf(eventKey) > before);
        return outcomes.stream()
                .filter(outcome -> outcome.getEventKey().equals(eventKey))
                .skip(before)
                .findFirst()
                .orElseThrow();
    }

    /** All entitlement events of a subject, in the sequence they were emitted. */
    public List<EntitlementEvent> entitlements(String subject) {
        return entitlements.stream()
                .filter(event -> event.getSubject().equals(subject))
                .toList();
    }

    /** Waits for the entitlement event that a gateway's event caused. */
    public EntitlementEvent entitlementBy(String subject, String eventKey) {
        return first(
                "an entitlement event of %s caused by %s".formatted(subject, eventKey),
                entitlements,
                event -> event.getSubject().equals(subject)
                        && event.getCause().getEventKey().equals(eventKey));
    }

    /** Waits for the event of one entitlement that a gateway's event caused, where it causes several. */
    public EntitlementEvent entitlementBy(String subject, String entitlement, String eventKey) {
        return first(
                "an event of %s of %s caused by %s".formatted(entitlement, subject, eventKey),
                entitlements,
                event -> event.getSubject().equals(subject)
                        && event.getEntitlement().equals(entitlement)
                        && event.getCause().getEventKey().equals(eventKey));
    }

    /** Waits for the dead letter of an event. */
    public DeadLetterSummary deadLetterOf(String eventKey) {
        return first(
                "the dead letter of " + eventKey,
                deadLetters,
                letter -> letter.eventKey().equals(eventKey));
    }

    private static <T> T first(String what, List<T> all, Predicate<T> wanted) {
        Waiting.until(what, TIMEOUT, () -> find(all, wanted).isPresent());
        return find(all, wanted).orElseThrow();
    }

    private static <T> Optional<T> find(List<T> all, Predicate<T> wanted) {
        return all.stream().filter(wanted).findFirst();
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join(TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
