package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.DeadLetterStatus;
import ipn.operations.topic.NewestRecords;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Looks into {@code ipn.dlq}. Bodies pass by; only {@link #show} keeps one. */
public final class DeadLetters {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    public DeadLetters(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /**
     * Some dead letters, the newest failure first.
     *
     * @param more true where the limit left some out
     */
    public record Page(List<DeadLetter> letters, boolean more) {
        public Page {
            letters = List.copyOf(letters);
        }
    }

    /**
     * One dead letter whole.
     *
     * @param record key, body and headers as they stand in the topic: payment data, so never printed unasked
     * @param decision the newest that people decided about it, whether or not it failed again since
     */
    public record Whole(DeadLetter letter, ConsumerRecord<byte[], byte[]> record, Optional<DeadLetterStatus> decision) {
        @Override
        public String toString() {
            return letter.toString();
        }
    }

    /** The newest matching ones; of several with one id the newest stands for all. */
    public Page list(DeadLetterFilter which, int limit) {
        var newest = new NewestDeadLetters(limit);
        each((letter, record) -> newest.see(letter, which.matches(letter)));
        return newest.page();
    }

    /** The newest dead letter of this id, with its body. */
    public Optional<Whole> show(String id) {
        var found = new AtomicReference<@Nullable Whole>();
        each((letter, record) -> {
            if (letter.id().equals(id)) {
                found.set(new Whole(letter, record, Optional.empty()));
            }
        });
        return Optional.ofNullable(found.get()).map(whole -> new Whole(whole.letter(), whole.record(), decisionOn(id)));
    }

    /** The newest dead letter of each id whose record has one of these payment keys. Reads only where these keys live. */
    public List<DeadLetter> ofPayments(TopicReader reader, Set<String> paymentKeys, Progress progress) {
        if (paymentKeys.isEmpty()) {
            return List.of();
        }
        var topic = kafka.topics().name(TopicCatalogue.DLQ);
        var partitions = paymentKeys.stream()
                .map(key -> reader.partitionOf(topic, key.getBytes(UTF_8)))
                .collect(Collectors.toSet());
        try (var values = serdes.deserializer(DeadLetterStatus.class)) {
            var decisions = DeadLetterDecisions.read(kafka, reader, values);
            var newest = new TreeMap<String, DeadLetter>();
            reader.read(reader.all(partitions), "reading dead letters", progress, record -> {
                if (record.key() != null && paymentKeys.contains(new String(record.key(), UTF_8))) {
                    var letter = DeadLetter.of(record, decisions);
                    newest.put(letter.id(), letter);
                }
            });
            return List.copyOf(newest.values());
        }
    }

    /** Open dead letters grouped by cause, the largest group first. */
    public DeadLetterSummary summary(DeadLetterFilter which) {
        var groups = new CauseGroups();
        var open = which.withStatus(DeadLetter.Status.OPEN);
        each((letter, record) -> {
            if (open.matches(letter)) {
                groups.add(letter);
            }
        });
        return groups.summary();
    }

    private void each(BiConsumer<DeadLetter, ConsumerRecord<byte[], byte[]>> each) {
        try (var reader = TopicReader.open(kafka);
                var values = serdes.deserializer(DeadLetterStatus.class)) {
            var decisions = DeadLetterDecisions.read(kafka, reader, values);
            var all = reader.all(kafka.topics().name(TopicCatalogue.DLQ));
            reader.read(
                    all,
                    "reading dead letters",
                    Progress.SILENT,
                    record -> each.accept(DeadLetter.of(record, decisions), record));
        }
    }

    private Optional<DeadLetterStatus> decisionOn(String id) {
        var topic = kafka.topics().name(TopicCatalogue.DLQ_STATUS);
        try (var reader = TopicReader.open(kafka);
                var values = serdes.deserializer(DeadLetterStatus.class)) {
            var key = id.getBytes(UTF_8);
            var newest = new NewestRecords(key, 1);
            reader.read(reader.all(List.of(reader.partitionOf(topic, key))), "", Progress.SILENT, newest);
            return newest.records().stream()
                    .findFirst()
                    .filter(record -> record.value() != null)
                    .map(record -> values.deserialize(topic, record.value()));
        }
    }
}
