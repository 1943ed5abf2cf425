package ipn.operations.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.operations.topic.AvroValues;
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

/** Finds discrepancies. */
public final class DiscrepancyQuery {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    public DiscrepancyQuery(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /** The newest record about one discrepancy. */
    private record Newest(Discrepancy discrepancy, int partition) {
        /**
         * When its order becomes known, a discrepancy continues under another key, possibly in another partition. Of two records with
         * the same time, the open one is then the newer: the record that closes it has the key under which it was opened.
         */
        boolean newerThan(Newest other) {
            var later = discrepancy.getAt().compareTo(other.discrepancy.getAt());
            return later > 0
                    || (later == 0
                            && (partition == other.partition || discrepancy.getState() == DiscrepancyState.OPEN));
        }
    }

    /** Discrepancies of a payment key that are open now, sorted by id. Reads the partitions of the payment and its order. */
    public List<Discrepancy> findByPayment(String paymentKey, Collection<String> orders) {
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

    /** Discrepancies of a subject that are open now, sorted by id. Reads the whole topic. */
    public List<Discrepancy> findBySubject(String subject, Progress progress) {
        try (var reader = TopicReader.open(kafka)) {
            return openAt(reader, each -> subject.equals(each.getSubject()), Instant.MAX, progress);
        }
    }

    /** Discrepancies that were open at a time, sorted by id. Reads the whole topic. */
    public List<Discrepancy> openAt(TopicReader reader, Predicate<Discrepancy> which, Instant at, Progress progress) {
        return open(reader, Set.copyOf(reader.partitions(topic())), which, at, progress);
    }

    /** The newest record of each discrepancy, closed ones included, sorted by id. Reads the whole topic. */
    public List<Discrepancy> newest(Predicate<Discrepancy> which, Progress progress) {
        try (var reader = TopicReader.open(kafka)) {
            return newest(reader, Set.copyOf(reader.partitions(topic())), which, Instant.MAX, progress);
        }
    }

    private List<Discrepancy> open(
            TopicReader reader,
            Set<TopicPartition> partitions,
            Predicate<Discrepancy> which,
            Instant at,
            Progress progress) {
        return newest(reader, partitions, which, at, progress).stream()
                .filter(discrepancy -> discrepancy.getState() == DiscrepancyState.OPEN)
                .toList();
    }

    private List<Discrepancy> newest(
            TopicReader reader,
            Set<TopicPartition> partitions,
            Predicate<Discrepancy> which,
            Instant at,
            Progress progress) {
        var newest = new HashMap<String, Newest>();
        try (var values = serdes.deserializer(Discrepancy.class)) {
            reader.read(reader.all(partitions), "reading " + topic(), progress, record -> {
                AvroValues.read(record, values)
                        .filter(which)
                        .filter(discrepancy -> !discrepancy.getAt().isAfter(at))
                        .ifPresent(discrepancy -> note(newest, discrepancy, record));
            });
        }
        return newest.values().stream()
                .map(Newest::discrepancy)
                .sorted(Comparator.comparing(Discrepancy::getDiscrepancyId))
                .toList();
    }

    private static void note(Map<String, Newest> newest, Discrepancy discrepancy, ConsumerRecord<?, ?> record) {
        var candidate = new Newest(discrepancy, record.partition());
        newest.merge(discrepancy.getDiscrepancyId(), candidate, (known, now) -> now.newerThan(known) ? now : known);
    }

    private String topic() {
        return kafka.topics().name(TopicCatalogue.DISCREPANCIES);
    }
}
