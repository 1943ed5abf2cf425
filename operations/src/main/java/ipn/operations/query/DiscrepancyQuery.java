package ipn.operations.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What does not match, and is still so. Closed ones count for nothing. */
public final class DiscrepancyQuery {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    public DiscrepancyQuery(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /** The newest word on one discrepancy. */
    private record Word(Discrepancy said, int partition) {
        /**
         * A discrepancy whose order became known goes on under another key, so perhaps in another partition: of two words
         * of one moment the one that says open is the newer, since one closes under the key under which it opened.
         */
        boolean newerThan(Word other) {
            var later = said.getAt().compareTo(other.said.getAt());
            return later > 0
                    || (later == 0 && (partition == other.partition || said.getState() == DiscrepancyState.OPEN));
        }
    }

    /** Those of a payment key that are open now, sorted by id. Reads the partitions where it and its order live. */
    public List<Discrepancy> ofPayment(String paymentKey, Collection<String> orders) {
        try (var reader = TopicReader.open(kafka)) {
            var keys = new HashSet<>(orders);
            keys.add(paymentKey);
            var partitions = keys.stream()
                    .map(key -> reader.partitionOf(topic(), key.getBytes(UTF_8)))
                    .collect(Collectors.toSet());
            return open(
                    reader, partitions, each -> each.getPaymentKey().equals(paymentKey), Instant.MAX, Progress.SILENT);
        }
    }

    /** Those of a subject that are open now, sorted by id. Reads the whole topic. */
    public List<Discrepancy> ofSubject(String subject, Progress progress) {
        try (var reader = TopicReader.open(kafka)) {
            return openAt(reader, each -> subject.equals(each.getSubject()), Instant.MAX, progress);
        }
    }

    /** Those that were open at a time, sorted by id. Reads the whole topic. */
    public List<Discrepancy> openAt(TopicReader reader, Predicate<Discrepancy> which, Instant at, Progress progress) {
        return open(reader, Set.copyOf(reader.partitions(topic())), which, at, progress);
    }

    private List<Discrepancy> open(
            TopicReader reader,
            Set<TopicPartition> partitions,
            Predicate<Discrepancy> which,
            Instant at,
            Progress progress) {
        var newest = new HashMap<String, Word>();
        try (var values = serdes.deserializer(Discrepancy.class)) {
            reader.read(reader.all(partitions), "reading " + topic(), progress, record -> {
                var said = values.deserialize(record.topic(), record.value());
                if (which.test(said) && !said.getAt().isAfter(at)) {
                    note(newest, said, record);
                }
            });
        }
        return newest.values().stream()
                .map(Word::said)
                .filter(said -> said.getState() == DiscrepancyState.OPEN)
                .sorted(Comparator.comparing(Discrepancy::getDiscrepancyId))
                .toList();
    }

    private static void note(Map<String, Word> newest, Discrepancy said, ConsumerRecord<?, ?> record) {
        var word = new Word(said, record.partition());
        newest.merge(said.getDiscrepancyId(), word, (known, now) -> now.newerThan(known) ? now : known);
    }

    private String topic() {
        return kafka.topics().name(TopicCatalogue.DISCREPANCIES);
    }
}
