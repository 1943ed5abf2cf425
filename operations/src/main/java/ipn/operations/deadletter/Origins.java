package ipn.operations.deadletter;

import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.operations.deadletter.Origin.Confirmed;
import ipn.operations.deadletter.Origin.Contradicted;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Compares dead letters with the records that they are copies of. A replay writes to {@code ipn.raw}, where the processor believes what it
 * reads; without this comparison, a program that can write only to {@code ipn.dlq} could forge a payment and wait for its replay.
 */
final class Origins {
    /** Records between two dead letters that are read along rather than passed over by a seek. */
    private static final long GAP_MAX = 200;

    private static final String EXPECTED = "(expected: the record that failed, with the same key, value and headers)";

    private final TopicReader reader;
    private final Deserializer<Outcome> values;
    private final boolean acceptsCopies;
    private final String raw;
    private final String orders;
    private final String outcomes;

    /** @param acceptsCopies whether a dead letter whose original was deleted is accepted as it is */
    Origins(KafkaSettings kafka, TopicReader reader, Deserializer<Outcome> values, boolean acceptsCopies) {
        this.reader = reader;
        this.values = values;
        this.acceptsCopies = acceptsCopies;
        this.raw = kafka.topics().name(TopicCatalogue.RAW);
        this.orders = kafka.topics().name(TopicCatalogue.ORDERS);
        this.outcomes = kafka.topics().name(TopicCatalogue.OUTCOMES);
    }

    /** Topics whose records can be replayed. */
    List<String> topics() {
        return List.of(raw, orders);
    }

    /**
     * The origin of each dead letter, by its position in {@code ipn.dlq}.
     *
     * @param letters dead letters whose source topic is one of {@link #topics}
     */
    Map<Position, Origin> find(List<ConsumerRecord<byte[], byte[]>> letters) {
        var found = new HashMap<Position, Origin>();
        letters.stream()
                .collect(Collectors.groupingBy(
                        letter -> DeadLetter.sourceOf(letter).topic()))
                .forEach((topic, ofTopic) -> find(topic, ofTopic, found));
        return found;
    }

    private void find(String topic, List<ConsumerRecord<byte[], byte[]>> letters, Map<Position, Origin> found) {
        var stored = reader.all(topic);
        var byPartition = new TreeMap<Integer, List<ConsumerRecord<byte[], byte[]>>>();
        for (var letter : letters) {
            var source = DeadLetter.sourceOf(letter);
            var partition = new TopicPartition(topic, source.partition());
            if (!stored.partitions().contains(partition)
                    || source.offset() < 0
                    || source.offset() >= stored.end(partition)) {
                found.put(Position.of(letter), new Contradicted(source + ": does not exist " + EXPECTED));
            } else if (source.offset() < stored.begin(partition)) {
                found.put(Position.of(letter), deleted(source));
            } else {
                byPartition
                        .computeIfAbsent(source.partition(), each -> new ArrayList<>())
                        .add(letter);
            }
        }
        for (var ofPartition : byPartition.values()) {
            ofPartition.sort(Comparator.comparingLong(Origins::sourceOffset));
            if (topic.equals(raw)) {
                runs(ofPartition).forEach(run -> confirmRaw(run, found));
            } else {
                confirmOrders(ofPartition, stored, found);
            }
        }
    }

    /**
     * Dead letters of one partition whose records are close to each other, so that one reading finds them all.
     *
     * @param letters in the order of their records
     */
    private static List<List<ConsumerRecord<byte[], byte[]>>> runs(List<ConsumerRecord<byte[], byte[]>> letters) {
        var runs = new ArrayList<List<ConsumerRecord<byte[], byte[]>>>();
        var next = Long.MIN_VALUE;
        for (var letter : letters) {
            var offset = sourceOffset(letter);
            if (runs.isEmpty() || offset - next > GAP_MAX) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(letter);
            next = offset + 1;
        }
        return runs;
    }

    private void confirmRaw(List<ConsumerRecord<byte[], byte[]>> run, Map<Position, Origin> found) {
        var partition = new TopicPartition(raw, DeadLetter.sourceOf(run.get(0)).partition());
        var end = sourceOffset(run.get(run.size() - 1)) + 1;
        var times = new HashMap<Position, Instant>();
        compare(
                run,
                new OffsetRanges(Map.of(partition, sourceOffset(run.get(0))), Map.of(partition, end)),
                times,
                found,
                record -> {});
        var unconfirmed = run.stream()
                .filter(letter -> !found.containsKey(Position.of(letter)))
                .toList();
        if (!unconfirmed.isEmpty()) {
            confirmOutcomes(unconfirmed, times, found);
        }
    }

    /**
     * Enters what contradicts. What is equal is entered in {@code times} only, with the time of its record.
     *
     * @param each receives every record of the range
     */
    private void compare(
            List<ConsumerRecord<byte[], byte[]>> run,
            OffsetRanges range,
            Map<Position, Instant> times,
            Map<Position, Origin> found,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        var bySource = run.stream().collect(Collectors.groupingBy(Origins::sourceOffset));
        reader.read(range, "", Progress.SILENT, record -> {
            each.accept(record);
            for (var letter : bySource.getOrDefault(record.offset(), List.of())) {
                if (isCopy(letter, record)) {
                    times.put(Position.of(letter), Instant.ofEpochMilli(record.timestamp()));
                }
            }
        });
        run.stream()
                .filter(letter -> !times.containsKey(Position.of(letter)))
                .forEach(letter -> found.put(
                        Position.of(letter),
                        new Contradicted(
                                "it differs from the record at " + DeadLetter.sourceOf(letter) + " " + EXPECTED)));
    }

    /**
     * Outcomes have the time and the order of their raw records. The time finds where to begin; it cannot find where to end, because the
     * markers of transactions, which have later times, lie between outcomes.
     */
    private void confirmOutcomes(
            List<ConsumerRecord<byte[], byte[]>> letters, Map<Position, Instant> times, Map<Position, Origin> found) {
        var partition =
                new TopicPartition(outcomes, DeadLetter.sourceOf(letters.get(0)).partition());
        var first =
                letters.stream().map(letter -> times.get(Position.of(letter))).min(Comparator.naturalOrder());
        var last = sourceOffset(letters.get(letters.size() - 1));
        var stored = reader.all(List.of(partition));
        var range = reader.since(stored, first.orElseThrow());
        var unprocessable = new HashSet<Position>();
        reader.readWhile(range, "", Progress.SILENT, record -> noteUnprocessable(record, unprocessable) < last);
        var isWhole = stored.begin(partition) == 0 || range.begin(partition) > stored.begin(partition);
        letters.forEach(letter -> found.put(Position.of(letter), ofOutcome(letter, unprocessable, isWhole)));
    }

    private Origin ofOutcome(ConsumerRecord<byte[], byte[]> letter, Set<Position> unprocessable, boolean isWhole) {
        var source = DeadLetter.sourceOf(letter);
        if (unprocessable.contains(source)) {
            return new Confirmed();
        }
        return isWhole
                ? new Contradicted("no outcome reports that " + source
                        + " is unprocessable (expected: one; the processor did not reject this record)")
                : deleted(source);
    }

    private Origin deleted(Position source) {
        return acceptsCopies
                ? new Confirmed()
                : new Contradicted(
                        "retention deleted the original " + source
                                + " or its outcome (expected: both, to compare; --from-copy replays the dead letter without a comparison)");
    }

    /** @return offset of the raw record of this outcome; -1 if it cannot be read */
    private long noteUnprocessable(ConsumerRecord<byte[], byte[]> record, Set<Position> unprocessable) {
        var outcome = AvroValues.read(record, values);
        outcome.filter(each -> each.getKind() == OutcomeKind.UNPROCESSABLE)
                .ifPresent(each -> unprocessable.add(Position.of(each.getSource())));
        return outcome.map(each -> each.getSource().getOffset()).orElse(-1L);
    }

    /** An order is confirmed while no newer order has its id: a replay must not put an old one in its place. */
    private void confirmOrders(
            List<ConsumerRecord<byte[], byte[]>> letters, OffsetRanges stored, Map<Position, Origin> found) {
        var partition =
                new TopicPartition(orders, DeadLetter.sourceOf(letters.get(0)).partition());
        var end = stored.end(partition);
        var times = new HashMap<Position, Instant>();
        var newer = new HashMap<Position, Position>();
        var range = new OffsetRanges(Map.of(partition, sourceOffset(letters.get(0))), Map.of(partition, end));
        compare(
                letters,
                range,
                times,
                found,
                record -> letters.stream()
                        .filter(letter ->
                                record.offset() > sourceOffset(letter) && Arrays.equals(record.key(), letter.key()))
                        .forEach(letter -> newer.put(Position.of(letter), Position.of(record))));
        letters.stream().map(Position::of).forEach(at -> {
            if (newer.containsKey(at)) {
                found.put(
                        at,
                        new Contradicted("a newer order with its id is at " + newer.get(at)
                                + " (expected: none; discard the dead letter)"));
            } else {
                found.putIfAbsent(at, new Confirmed());
            }
        });
    }

    private static long sourceOffset(ConsumerRecord<byte[], byte[]> letter) {
        return DeadLetter.sourceOf(letter).offset();
    }

    private static boolean isCopy(ConsumerRecord<byte[], byte[]> letter, ConsumerRecord<byte[], byte[]> record) {
        return Arrays.equals(letter.key(), record.key())
                && Arrays.equals(letter.value(), record.value())
                && ownHeaders(letter).equals(ownHeaders(record));
    }

    private static List<Header> ownHeaders(ConsumerRecord<byte[], byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .filter(header -> !Headers.isOfHop(header.key()))
                .toList();
    }
}
