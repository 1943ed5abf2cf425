package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.DeadLetterStatus;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.NewestRecords;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads {@code ipn.dlq}. Only {@link #show} keeps a body. */
public final class DeadLetters {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    public DeadLetters(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /**
     * Dead letters, the newest failure first.
     *
     * @param more whether the limit excluded some
     */
    public record Page(List<DeadLetter> letters, boolean more) {
        public Page {
            letters = List.copyOf(letters);
        }
    }

    /**
     * One dead letter with its body.
     *
     * @param record key, body and headers: payment data, to be printed only on request
     * @param decision the newest decision about it, even if it failed again afterwards
     */
    public record Whole(DeadLetter letter, ConsumerRecord<byte[], byte[]> record, Optional<DeadLetterStatus> decision) {
        @Override
        public String toString() {
            return letter.toString();
        }
    }

    /** The newest dead letters that match. Of several with one id, only the newest counts. */
    public Page list(DeadLetterFilter which, int limit) {
        var newest = new NewestDeadLetters(limit);
        each((letter, record) -> newest.add(letter, which.matches(letter, record)));
        return newest.page();
    }

    /** What some dead letters are about, by id; without those that cannot be translated at all. Reads the whole topic, and keeps no body. */
    public Map<String, DeadLetterContent> contents(Set<String> ids, DeadLetterTranslation translation) {
        var contents = new HashMap<String, DeadLetterContent>();
        if (!ids.isEmpty()) {
            each((letter, record) -> {
                if (ids.contains(letter.id())) {
                    translation.read(record).ifPresent(content -> contents.put(letter.id(), content));
                }
            });
        }
        return Map.copyOf(contents);
    }

    /** The newest dead letter with an id, with its body. */
    public Optional<Whole> show(String id) {
        var found = new AtomicReference<@Nullable Whole>();
        each((letter, record) -> {
            if (letter.id().equals(id)) {
                found.set(new Whole(letter, record, Optional.empty()));
            }
        });
        return Optional.ofNullable(found.get()).map(whole -> new Whole(whole.letter(), whole.record(), decisionOn(id)));
    }

    /** The newest dead letter of each id that mentions some payments or ids. Reads the whole topic. */
    public List<DeadLetter> find(TopicReader reader, Mentions about, Progress progress) {
        try (var values = serdes.deserializer(DeadLetterStatus.class)) {
            var decisions = DeadLetterDecisions.read(kafka, reader, values);
            var newest = new TreeMap<String, DeadLetter>();
            var all = reader.all(kafka.topics().name(TopicCatalogue.DLQ));
            reader.read(all, "reading dead letters", progress, record -> {
                if (about.in(record)) {
                    var letter = DeadLetter.of(record, decisions);
                    newest.put(letter.id(), letter);
                }
            });
            return List.copyOf(newest.values());
        }
    }

    /** The newest dead letters that mention some payments or ids and match. Reads the whole topic. */
    public Page newest(TopicReader reader, Mentions about, Predicate<DeadLetter> which, int limit, Progress progress) {
        try (var values = serdes.deserializer(DeadLetterStatus.class)) {
            var decisions = DeadLetterDecisions.read(kafka, reader, values);
            var newest = new NewestDeadLetters(limit);
            var all = reader.all(kafka.topics().name(TopicCatalogue.DLQ));
            reader.read(all, "reading dead letters", progress, record -> {
                if (about.in(record)) {
                    var letter = DeadLetter.of(record, decisions);
                    newest.add(letter, which.test(letter));
                }
            });
            return newest.page();
        }
    }

    /**
     * Open dead letters that match, grouped by cause, the largest group first. Reads the whole topic, and keeps no body.
     *
     * @param translation reads users and money
     */
    public DeadLetterSummary summary(
            DeadLetterFilter which, DeadLetterTranslation translation, Instant now, Progress progress) {
        var groups = new CauseGroups(now);
        var open = which.withStatus(DeadLetter.Status.OPEN);
        each(progress, (letter, record) -> {
            if (open.matches(letter, record)) {
                groups.add(letter, translation.read(record).orElse(null));
            }
        });
        return groups.summary();
    }

    /** Passes on every dead letter that matches, with key, body and headers: payment data. Of several with one id, all that match. */
    public void forEach(
            DeadLetterFilter which, Progress progress, BiConsumer<DeadLetter, ConsumerRecord<byte[], byte[]>> each) {
        each(progress, (letter, record) -> {
            if (which.matches(letter, record)) {
                each.accept(letter, record);
            }
        });
    }

    /** The payment keys of open dead letters that match. */
    public Set<String> paymentKeys(DeadLetterFilter which, Progress progress) {
        var keys = new HashSet<String>();
        var open = which.withStatus(DeadLetter.Status.OPEN);
        each(progress, (letter, record) -> {
            if (open.matches(letter, record)) {
                keys.add(letter.paymentKey());
            }
        });
        return keys;
    }

    private void each(BiConsumer<DeadLetter, ConsumerRecord<byte[], byte[]>> each) {
        each(Progress.SILENT, each);
    }

    private void each(Progress progress, BiConsumer<DeadLetter, ConsumerRecord<byte[], byte[]>> each) {
        try (var reader = TopicReader.open(kafka);
                var values = serdes.deserializer(DeadLetterStatus.class)) {
            var decisions = DeadLetterDecisions.read(kafka, reader, values);
            var all = reader.all(kafka.topics().name(TopicCatalogue.DLQ));
            reader.read(
                    all,
                    "reading dead letters",
                    progress,
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
            return newest.records().stream().findFirst().flatMap(record -> AvroValues.read(record, values));
        }
    }
}
