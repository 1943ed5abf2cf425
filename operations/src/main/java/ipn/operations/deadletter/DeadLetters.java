package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.DeadLetterStatus;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.Lookup;
import ipn.operations.topic.NewestRecords;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
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
    private final RecordSource source;

    public DeadLetters(KafkaSettings kafka, AvroSerdes serdes) {
        this(RecordSource.topics(kafka, serdes));
    }

    public DeadLetters(RecordSource source) {
        this.source = source;
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
        each(
                lookup(which, limit),
                Progress.SILENT,
                (letter, record) -> newest.add(letter, which.matches(letter, record)));
        return newest.page();
    }

    /** What the index can select by, and one more than the page. What only bodies tell is not in the index. */
    private Lookup lookup(DeadLetterFilter which, int limit) {
        var terms = which.terms();
        return terms.isEmpty()
                ? all()
                : new Lookup("dlq-list", all().topic(), Set.of(), Map.of(), terms.get(), limit + 1);
    }

    private Lookup all() {
        return source.all(TopicCatalogue.DLQ);
    }

    /** What some dead letters are about, by id; without those that cannot be translated at all. Keeps no body. */
    public Map<String, DeadLetterContent> contents(Set<String> ids, DeadLetterTranslation translation) {
        var contents = new HashMap<String, DeadLetterContent>();
        if (!ids.isEmpty()) {
            each(all().any("id", ids), Progress.SILENT, (letter, record) -> {
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

    /** The newest dead letter of each id, of those that mention some payments or ids. Reads the whole topic, unless an index finds them. */
    public List<DeadLetter> find(TopicReader reader, Mentions about, Progress progress) {
        var newest = new TreeMap<String, DeadLetter>();
        each(reader, about.lookup(all()), progress, (letter, record) -> {
            if (about.in(record)) {
                newest.put(letter.id(), letter);
            } else {
                newest.remove(letter.id()); // its repaired body mentions them no more
            }
        });
        return List.copyOf(newest.values());
    }

    /** The newest dead letters that mention some payments or ids and match. Reads the whole topic, unless an index finds them. */
    public Page newest(TopicReader reader, Mentions about, Predicate<DeadLetter> which, int limit, Progress progress) {
        var newest = new NewestDeadLetters(limit);
        each(
                reader,
                about.lookup(all()),
                progress,
                (letter, record) -> newest.add(letter, about.in(record) && which.test(letter)));
        return newest.page();
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
        each(all(), progress, each);
    }

    private void each(Lookup lookup, Progress progress, BiConsumer<DeadLetter, ConsumerRecord<byte[], byte[]>> each) {
        try (var reader = source.open()) {
            each(reader, lookup, progress, each);
        }
    }

    private void each(
            TopicReader reader,
            Lookup lookup,
            Progress progress,
            BiConsumer<DeadLetter, ConsumerRecord<byte[], byte[]>> each) {
        var decisions = DeadLetterDecisions.read(source, reader, lookup);
        reader.find(lookup, progress, record -> each.accept(DeadLetter.of(record, decisions), record));
    }

    private Optional<DeadLetterStatus> decisionOn(String id) {
        try (var reader = source.open();
                var values = source.serdes().deserializer(DeadLetterStatus.class)) {
            var newest = new NewestRecords(id.getBytes(UTF_8), 1);
            reader.find(source.all(TopicCatalogue.DLQ_STATUS).keys(List.of(id)), Progress.SILENT, newest);
            return newest.records().stream().findFirst().flatMap(record -> AvroValues.read(record, values));
        }
    }
}
