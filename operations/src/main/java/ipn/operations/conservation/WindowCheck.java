package ipn.operations.conservation;

import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.conservation.ConservationReport.Row;
import ipn.operations.conservation.PartitionCheck.Bounds;
import ipn.operations.conservation.RawWindow.Place;
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
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the raw records of a window. The stages write their outcomes and dead letters to the partitions with the same number, in the same order, so
 * only these are read at first, in order. Another program can write with another key or in another order; so before anything is reported as missing,
 * all partitions are searched.
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
    /** What the order shows; the search in all partitions cannot disprove it. */
    private final FindingCollector certain = new FindingCollector();
    /** Outcomes that cannot be read, in the part of the partition that has those of the window. */
    private FindingCollector unreadable = new FindingCollector();

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

    /** @param from where outcomes and dead letters of this window begin */
    WindowResult run(OutputPositions from) {
        reader.read(window.offsets(), "reading raw records", Progress.SILENT, record -> records.add(Seen.of(record)));
        if (records.isEmpty()) {
            return WindowResult.empty(from);
        }
        var inOrder = inOrder(from);
        var result = inOrder.findings().isEmpty() ? inOrder : everywhere(inOrder);
        return result.and(certain.findings());
    }

    /** Reads each outcome and each dead letter once, from where the last window ended. */
    private WindowResult inOrder(OutputPositions from) {
        var findings = new FindingCollector();
        var check = comparison(findings);
        var nextOutcome = follow(
                outcomes,
                from.outcome(),
                Kind.DOUBLE_OUTCOME,
                Kind.OUTCOME_WITHOUT_RECORD,
                (order, record) -> outcomeInOrder(check, order, record));
        addRecords(check);
        var nextLetter = follow(
                letters,
                from.letter(),
                Kind.DOUBLE_DEAD_LETTER,
                Kind.DEAD_LETTER_WITHOUT_OUTCOME,
                (order, record) -> letterInOrder(check, order, record));
        var row = compare(check);
        return result(row, findings.findings(), new OutputPositions(Optional.of(nextOutcome), Optional.of(nextLetter)));
    }

    /** Searches all partitions for what was written since the oldest record of the window. */
    private WindowResult everywhere(WindowResult inOrder) {
        var findings = new FindingCollector();
        var check = comparison(findings);
        reader.read(since(reader.partitions(outcomes)), "reading outcomes", Progress.SILENT, record -> {
            var outcome = read(record);
            if (outcome != null && window.has(Position.of(outcome.getSource()))) {
                add(check, record, outcome);
            }
        });
        addRecords(check);
        reader.read(since(reader.partitions(letters)), "reading dead letters", Progress.SILENT, record -> {
            var source = DeadLetter.sourceOf(record);
            if (DeadLetter.isOurs(record) && window.has(source)) {
                check.deadLetter(source.offset());
            }
        });
        var row = compare(check);
        var found = findings.findings();
        return result(row, explained(found), known(inOrder, found));
    }

    /** If the search finds what the reading in order did not, the order is broken, and so are the positions that it led to. */
    private static OutputPositions known(WindowResult inOrder, Findings found) {
        var next = inOrder.next();
        return new OutputPositions(
                isSame(Kind.MISSING_OUTCOME, inOrder.findings(), found) ? next.outcome() : Optional.empty(),
                isSame(Kind.MISSING_DEAD_LETTER, inOrder.findings(), found) ? next.letter() : Optional.empty());
    }

    private static boolean isSame(Kind kind, Findings one, Findings other) {
        return one.of(kind) == other.of(kind);
    }

    /** Records without an outcome may be those whose outcomes cannot be read. If there are more of them, some are lost. */
    private Findings explained(Findings found) {
        var missing = found.of(Kind.MISSING_OUTCOME);
        if (missing == 0 || unreadable.count() == 0) {
            return found;
        }
        var all = new FindingCollector();
        all.addAll(missing > unreadable.count() ? found : found.without(Kind.MISSING_OUTCOME));
        all.addAll(unreadable.findings());
        return all.findings();
    }

    private PartitionCheck comparison(FindingCollector findings) {
        return new PartitionCheck(window.partition().topic(), window.partition().partition(), findings);
    }

    private void addRecords(PartitionCheck check) {
        records.forEach(record -> check.record(record.offset(), record.keys()));
    }

    private Row compare(PartitionCheck check) {
        return check.check(new Bounds(window.from(), true, true, window.to()));
    }

    private WindowResult result(Row row, Findings findings, OutputPositions next) {
        var newest = records.stream().map(Seen::storedAt).max(Instant::compareTo);
        return new WindowResult(records.size(), row.lettersWaiting() > 0, findings, next, newest);
    }

    /** Adds a record to a comparison. */
    private interface Each {
        /** @return where its raw record is */
        Place add(SourceOrder order, ConsumerRecord<byte[], byte[]> record);
    }

    /** @return where the next window begins */
    private long follow(String topic, Optional<Long> from, Kind second, Kind withoutRecord, Each each) {
        var partition = new TopicPartition(topic, window.partition().partition());
        var range = since(List.of(partition));
        // a topic that was created again ends before
        var known = from.filter(offset -> offset <= range.end(partition));
        var order = new SourceOrder(window, known.isPresent(), certain, second, withoutRecord);
        var start = known.map(offset -> new OffsetRanges(Map.of(partition, offset), range.to()))
                .orElse(range);
        Predicate<ConsumerRecord<byte[], byte[]>> isBefore = record -> each.add(order, record) != Place.LATER;
        reader.readWhile(start, "reading " + topic, Progress.SILENT, isBefore);
        return order.next(range.end(partition), this::rawEnd);
    }

    private long rawEnd() {
        return reader.all(List.of(window.partition())).end(window.partition());
    }

    private Place outcomeInOrder(PartitionCheck check, SourceOrder order, ConsumerRecord<byte[], byte[]> record) {
        var outcome = read(record);
        if (outcome == null) {
            unreadable.add(Kind.UNREADABLE, Position.of(record));
            return Place.OTHER_PARTITION; // or any other, nobody knows
        }
        var place = order.follow(record.offset(), Position.of(outcome.getSource()));
        if (place == Place.WITHIN) {
            add(check, record, outcome);
        } else if (place == Place.EARLIER && !order.continued()) {
            unreadable = new FindingCollector(); // those were of earlier windows
        }
        return place;
    }

    private static Place letterInOrder(PartitionCheck check, SourceOrder order, ConsumerRecord<byte[], byte[]> record) {
        if (!DeadLetter.isOurs(record)) {
            return Place.OTHER_PARTITION;
        }
        var source = DeadLetter.sourceOf(record);
        var place = order.follow(record.offset(), source);
        if (place == Place.WITHIN) {
            check.deadLetter(source.offset());
        }
        return place;
    }

    private void add(PartitionCheck check, ConsumerRecord<byte[], byte[]> record, Outcome outcome) {
        var source = outcome.getSource().getOffset();
        check.outcome(source, outcome.getKind().name(), RecordKeys.of(outcome));
        if (outcome.getKind() == OutcomeKind.UNPROCESSABLE) {
            var at = new TopicPartition(record.topic(), record.partition());
            check.unprocessable(source, record.offset() < projected.getOrDefault(at, 0L));
        }
    }

    private @Nullable Outcome read(ConsumerRecord<byte[], byte[]> record) {
        return UntrustedValues.readIfKnown(values, record.topic(), record.value())
                .orElse(null);
    }

    private OffsetRanges since(List<TopicPartition> partitions) {
        var oldest =
                records.stream().map(Seen::storedAt).min(Instant::compareTo).orElse(Instant.EPOCH);
        return GroupOffsets.untilNewest(admin, reader.since(reader.all(partitions), oldest));
    }
}
