package ipn.operations.conservation;

import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.conservation.PartitionCheck.Bounds;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.topic.GroupOffsets;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.UntrustedValues;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Checks some raw records that are decided. Their outcomes and dead letters are in the partitions with the same number, outcomes in the same order,
 * so only these are read. What looks wrong then is looked for in all partitions, because a foreign program can write with another key.
 */
final class WindowCheck {
    private final TopicReader reader;
    private final Admin admin;
    private final Deserializer<Outcome> values;
    private final RawWindow window;
    private final Map<TopicPartition, Long> projected;
    private final String outcomes;
    private final String letters;
    private final List<Seen> records = new ArrayList<>();
    /** What is certain without a second look. */
    private final FindingCollector certain = new FindingCollector();

    private Optional<Long> nextOutcome = Optional.empty();

    /** A raw record, without its body. */
    private record Seen(long offset, PairChecksum.Keys keys, Instant storedAt) {
        static Seen of(ConsumerRecord<byte[], byte[]> record) {
            return new Seen(record.offset(), RecordKeys.of(record), Instant.ofEpochMilli(record.timestamp()));
        }
    }

    WindowCheck(
            KafkaSettings kafka,
            TopicReader reader,
            Admin admin,
            Deserializer<Outcome> values,
            RawWindow window,
            Map<TopicPartition, Long> projected) {
        this.reader = reader;
        this.admin = admin;
        this.values = values;
        this.window = window;
        this.projected = projected;
        outcomes = kafka.topics().name(TopicCatalogue.OUTCOMES);
        letters = kafka.topics().name(TopicCatalogue.DLQ);
    }

    /** The first outcome of a later raw record. */
    Optional<Long> nextOutcome() {
        return nextOutcome;
    }

    /** When the newest of the records was stored; empty: there is none. */
    Optional<Instant> newest() {
        return records.stream().map(Seen::storedAt).max(Instant::compareTo);
    }

    /** @param from first outcome that no check has read; empty: not known */
    ConservationReport run(Optional<Long> from) {
        reader.read(window.offsets(), "reading raw records", Progress.SILENT, record -> records.add(Seen.of(record)));
        nextOutcome = from;
        if (records.isEmpty()) {
            return new ConservationReport(List.of(), List.of(), 0, 0);
        }
        var first = check(List.of(number(outcomes)), List.of(number(letters)), from);
        return first.balanced()
                ? first
                : check(reader.partitions(outcomes), reader.partitions(letters), Optional.empty());
    }

    private TopicPartition number(String topic) {
        return new TopicPartition(topic, window.partition().partition());
    }

    private ConservationReport check(
            List<TopicPartition> outcomesIn, List<TopicPartition> lettersIn, Optional<Long> from) {
        var findings = new FindingCollector();
        var check = new PartitionCheck(
                window.partition().topic(), window.partition().partition(), findings);
        var oneByOne = outcomesIn.size() == 1;
        var ranges = since(outcomesIn);
        var start = oneByOne && from.isPresent()
                ? new OffsetRanges(Map.of(outcomesIn.get(0), from.get()), ranges.to())
                : ranges;
        if (oneByOne) {
            nextOutcome = Optional.of(start.end(outcomesIn.get(0)));
        }
        reader.readWhile(
                start, "reading outcomes", Progress.SILENT, record -> note(check, record, oneByOne, from.isPresent()));
        records.forEach(record -> check.record(record.offset(), record.keys()));
        reader.read(since(lettersIn), "reading dead letters", Progress.SILENT, record -> {
            var source = DeadLetter.sourceOf(record);
            if (window.has(source)) {
                check.deadLetter(source.offset());
            }
        });
        var row = check.check(new Bounds(window.from(), true, true, window.to()));
        certain.kept().forEach(finding -> findings.add(finding.kind(), finding.at()));
        return new ConservationReport(List.of(row), findings.kept(), findings.count(), 0);
    }

    private OffsetRanges since(List<TopicPartition> partitions) {
        var oldest =
                records.stream().map(Seen::storedAt).min(Instant::compareTo).orElse(Instant.EPOCH);
        return GroupOffsets.untilNewest(admin, reader.since(reader.all(partitions), oldest));
    }

    /**
     * An outcome that cannot be read is one that its raw record does not have.
     *
     * @param inOrder whether the first outcome of a later raw record is the end
     * @param continued whether the outcomes of all earlier raw records were read
     * @return whether there may be more
     */
    private boolean note(
            PartitionCheck check, ConsumerRecord<byte[], byte[]> record, boolean inOrder, boolean continued) {
        var outcome =
                UntrustedValues.read(values, record.topic(), record.value()).orElse(null);
        if (outcome == null) {
            return true;
        }
        var source = Position.of(outcome.getSource());
        if (inOrder && window.isBefore(source)) {
            nextOutcome = Optional.of(record.offset());
            return false;
        }
        if (inOrder && continued && window.isAfter(source)) {
            certain.add(Kind.DOUBLE_OUTCOME, source);
        } else if (window.has(source)) {
            check.outcome(source.offset(), outcome.getKind().name(), RecordKeys.of(outcome));
            if (outcome.getKind() == OutcomeKind.UNPROCESSABLE) {
                var at = new TopicPartition(record.topic(), record.partition());
                check.unprocessable(source.offset(), record.offset() < projected.getOrDefault(at, 0L));
            }
        }
        return true;
    }
}
