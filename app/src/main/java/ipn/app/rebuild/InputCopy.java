package ipn.app.rebuild;

import ipn.app.rebuild.Slices.Slice;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Copies the inputs of a pipeline as they are: key, value, headers, partition and timestamp. How far it is stands in the same transaction, and only
 * one program copies at a time, so an interruption neither repeats nor leaves out a record.
 */
final class InputCopy implements AutoCloseable {
    /** What the stages read and do not write themselves. */
    static final List<String> INPUTS =
            List.of(TopicCatalogue.RAW, TopicCatalogue.ORDERS, TopicCatalogue.DECISIONS, TopicCatalogue.BRAKE);

    private static final long CHUNK_PER_PARTITION = 5_000;

    private final RebuildPlan plan;
    private final TopicReader reader;
    private final ExclusiveWriter writer;

    private InputCopy(RebuildPlan plan, TopicReader reader, ExclusiveWriter writer) {
        this.plan = plan;
        this.reader = reader;
        this.writer = writer;
    }

    /** The topics of the rebuild must exist. */
    static InputCopy open(RebuildPlan plan) {
        var reader = TopicReader.open(plan.live());
        try {
            return new InputCopy(
                    plan, reader, ExclusiveWriter.open(plan.topics().kafka(), RebuildTopics.PROGRESS));
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /**
     * Where a rebuild begins that has copied nothing: raw records at the time that was asked for, everything else at the beginning. What is older than raw
     * records is one slice.
     *
     * @param until inputs end now
     */
    RebuildState begin(Instant until) {
        var from = new HashMap<TopicPartition, Long>();
        var ends = new HashMap<TopicPartition, Long>();
        for (var input : INPUTS) {
            var all = reader.all(plan.live().topics().name(input));
            var wanted = input.equals(TopicCatalogue.RAW)
                    ? plan.from().map(time -> reader.since(all, time)).orElse(all)
                    : all;
            from.putAll(wanted.from());
            ends.putAll(wanted.to());
        }
        var raw = plan.live().topics().name(TopicCatalogue.RAW);
        var start = plan.from().or(() -> reader.firstTime(reader.all(raw))).orElse(until);
        return new RebuildState(
                plan.build(),
                plan.live().topics().prefix(),
                start.toEpochMilli(),
                until.toEpochMilli(),
                RebuildState.texts(ends),
                RebuildState.texts(from),
                start.minusMillis(1).toEpochMilli(),
                new OffsetRanges(from, ends).length(),
                0,
                false);
    }

    /** What is left up to a time; at the end of the rebuild all of it, whatever timestamps it has. */
    OffsetRanges upTo(RebuildState state, Instant time) {
        var left = state.left();
        if (!time.isBefore(state.untilTime())) {
            return left;
        }
        var later = reader.since(left, time.plusMillis(1));
        var ends = new HashMap<TopicPartition, Long>();
        left.partitions()
                .forEach(partition -> ends.put(
                        partition,
                        Math.max(left.begin(partition), Math.min(left.end(partition), later.begin(partition)))));
        return new OffsetRanges(left.from(), ends);
    }

    /** Time of the first record that is left. */
    Optional<Instant> nextTime(RebuildState state) {
        return reader.firstTime(state.left());
    }

    /** Copies a slice, in transactions of limited size. Returns the state afterwards. */
    RebuildState copy(RebuildState before, Slice slice) {
        var state = before;
        do {
            state = copyChunk(state, slice);
        } while (!state.copied().equals(RebuildState.texts(slice.ranges().to())));
        return state;
    }

    private RebuildState copyChunk(RebuildState before, Slice slice) {
        var chunk = chunk(before.left().from(), slice.ranges().to());
        var raw = plan.live().topics().name(TopicCatalogue.RAW);
        var count = new long[1];
        writer.writeAll(sink -> {
            reader.read(chunk, "copying", Progress.SILENT, record -> {
                count[0] += record.topic().equals(raw) ? 1 : 0;
                sink.accept(copy(record));
            });
            sink.accept(RebuildLog.record(plan.topics(), before.copiedTo(chunk, slice.end(), count[0])));
        });
        return before.copiedTo(chunk, slice.end(), count[0]);
    }

    private static OffsetRanges chunk(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        var ends = new HashMap<>(to);
        ends.replaceAll((partition, end) -> Math.min(end, from.getOrDefault(partition, 0L) + CHUNK_PER_PARTITION));
        return new OffsetRanges(from, ends);
    }

    private ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record) {
        var name = record.topic().substring(plan.live().topics().prefix().length());
        return new ProducerRecord<>(
                plan.topics().prefix() + name,
                record.partition(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers());
    }

    /** Writes that all of it is processed. */
    void finish(RebuildState state) {
        writer.write(List.of(RebuildLog.record(plan.topics(), state)));
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
