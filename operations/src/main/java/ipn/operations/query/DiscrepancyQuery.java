package ipn.operations.query;

import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.Lookup;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Finds discrepancies. */
public final class DiscrepancyQuery {
    /** Terms of lookups. */
    public static final String PAYMENT = "payment";

    public static final String ORDER = "order";

    private final RecordSource source;

    public DiscrepancyQuery(KafkaSettings kafka, AvroSerdes serdes) {
        this(RecordSource.topics(kafka, serdes));
    }

    public DiscrepancyQuery(RecordSource source) {
        this.source = source;
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
    public List<Discrepancy> findByPayment(TopicReader reader, String paymentKey, Collection<String> orders) {
        var keys = new HashSet<>(orders);
        keys.add(paymentKey);
        return openAt(
                reader,
                all().inPartitionsOf(keys).any(PAYMENT, Set.of(paymentKey)),
                each -> each.getPaymentKey().equals(paymentKey),
                Instant.MAX,
                Progress.SILENT);
    }

    /** Discrepancies of a subject that are open now, sorted by id. Reads the whole topic. */
    public List<Discrepancy> findBySubject(String subject, Progress progress) {
        try (var reader = source.open()) {
            var lookup = all().any(Lookup.SUBJECT, Set.of(subject));
            return openAt(reader, lookup, each -> subject.equals(each.getSubject()), Instant.MAX, progress);
        }
    }

    /**
     * Discrepancies that were open at a time, sorted by id. Reads the whole topic, unless an index finds them.
     *
     * @param lookup finds those for which the predicate holds
     */
    public List<Discrepancy> openAt(
            TopicReader reader, Lookup lookup, Predicate<Discrepancy> which, Instant at, Progress progress) {
        return newest(reader, lookup, which, at, progress).stream()
                .filter(discrepancy -> discrepancy.getState() == DiscrepancyState.OPEN)
                .toList();
    }

    /** The newest record of each discrepancy, closed ones included, sorted by id. Reads the whole topic. */
    public List<Discrepancy> newest(Predicate<Discrepancy> which, Progress progress) {
        return newest(all(), which, progress);
    }

    /** As above, of those that a lookup finds. */
    public List<Discrepancy> newest(Lookup lookup, Predicate<Discrepancy> which, Progress progress) {
        try (var reader = source.open()) {
            return newest(reader, lookup, which, Instant.MAX, progress);
        }
    }

    /** To find discrepancies by. */
    public Lookup all() {
        return source.all(TopicCatalogue.DISCREPANCIES);
    }

    private List<Discrepancy> newest(
            TopicReader reader, Lookup lookup, Predicate<Discrepancy> which, Instant at, Progress progress) {
        var newest = new HashMap<String, Newest>();
        try (var values = source.serdes().deserializer(Discrepancy.class)) {
            reader.find(
                    lookup,
                    progress,
                    record -> AvroValues.read(record, values)
                            .filter(which)
                            .filter(discrepancy -> !discrepancy.getAt().isAfter(at))
                            .ifPresent(discrepancy -> note(newest, discrepancy, record)));
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
}
