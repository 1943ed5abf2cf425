package ipn.operations.deadletter;

import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.operations.deadletter.ReplayReport.Result;
import ipn.operations.deadletter.ReplayReport.State;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.GroupOffsets;
import ipn.operations.topic.HeaderText;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Waits until the stages have processed replayed records, and finds what became of each.
 *
 * <p>The outcome of a raw record names its position. An order has no outcome: the projector has processed it when its committed offset is
 * above it, and it failed if there is then a dead letter of this replay.
 */
final class ReplayWatch implements RedriveRun.Observer, AutoCloseable {
    private static final long PAUSE_MILLIS = 100;

    private final Admin admin;
    private final TopicReader reader;
    private final Deserializer<Outcome> values;
    private final String projector;
    private final String orders;
    private OffsetRanges outcomes;
    private OffsetRanges letters;

    private final Map<Position, String> pending = new LinkedHashMap<>();
    private final ArrayList<Result> results = new ArrayList<>();
    private final Map<String, String> failedOrders = new HashMap<>();

    private ReplayWatch(KafkaSettings kafka, AvroSerdes serdes, String projector) {
        this.admin = Admin.create(kafka.client());
        this.reader = TopicReader.open(kafka);
        this.values = serdes.deserializer(Outcome.class);
        this.projector = projector;
        this.orders = kafka.topics().name(TopicCatalogue.ORDERS);
        this.outcomes = atEnd(reader.all(kafka.topics().name(TopicCatalogue.OUTCOMES)));
        this.letters = atEnd(reader.all(kafka.topics().name(TopicCatalogue.DLQ)));
    }

    /**
     * To be called before the replay, because only what is written from now on is read.
     *
     * @param projector application id of the projector, which reads orders
     */
    static ReplayWatch begin(KafkaSettings kafka, AvroSerdes serdes, String projector) {
        return new ReplayWatch(kafka, serdes, projector);
    }

    @Override
    public void onChosen(DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {}

    @Override
    public void onReplayed(String id, Position at) {
        pending.put(at, id);
    }

    ReplayReport await(String replayId, Duration atMost, Progress progress) {
        var began = System.nanoTime();
        var total = pending.size();
        while (true) {
            findOutcomes();
            findOrders(replayId);
            progress.at("waiting until the replayed records are processed", total - pending.size(), total);
            if (pending.isEmpty() || System.nanoTime() - began >= atMost.toNanos()) {
                break;
            }
            pause();
        }
        pending.forEach((position, id) -> results.add(new Result(id, State.NOT_PROCESSED_YET, null)));
        return ReplayReport.of(results);
    }

    private void findOutcomes() {
        outcomes = readNew(
                outcomes,
                reader.all(outcomes.partitions()),
                record -> AvroValues.read(record, values).ifPresent(this::note));
    }

    private void note(Outcome outcome) {
        var id = pending.remove(Position.of(outcome.getSource()));
        if (id != null) {
            results.add(
                    outcome.getKind() == OutcomeKind.UNPROCESSABLE
                            ? new Result(id, State.FAILED_AGAIN, outcome.getReason())
                            : new Result(id, State.PROCESSED, outcome.getKind().name()));
        }
    }

    private void findOrders(String replayId) {
        if (pending.keySet().stream().noneMatch(position -> position.topic().equals(orders))) {
            return;
        }
        var committed = GroupOffsets.committed(admin, projector);
        letters = readNew(
                letters,
                GroupOffsets.untilNewest(admin, reader.all(letters.partitions())),
                record -> noteLetter(record, replayId));
        pending.entrySet().removeIf(entry -> {
            var position = entry.getKey();
            var partition = new TopicPartition(position.topic(), position.partition());
            if (!position.topic().equals(orders) || committed.getOrDefault(partition, 0L) <= position.offset()) {
                return false;
            }
            var reason = failedOrders.get(entry.getValue());
            results.add(new Result(entry.getValue(), reason == null ? State.PROCESSED : State.FAILED_AGAIN, reason));
            return true;
        });
    }

    private void noteLetter(ConsumerRecord<byte[], byte[]> letter, String replayId) {
        var header = new HeaderText(letter.headers());
        if (header.text(Headers.DLQ_REPLAY_ID, "").equals(replayId)) {
            failedOrders.put(DeadLetter.idOf(letter), header.text(Headers.DLQ_REASON, ""));
        }
    }

    /** Reads from the begin of the old ranges to the end of the new ones. Returns the ranges that are then left. */
    private OffsetRanges readNew(OffsetRanges old, OffsetRanges now, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        reader.read(new OffsetRanges(old.from(), now.to()), "", Progress.SILENT, each);
        return atEnd(now);
    }

    private static OffsetRanges atEnd(OffsetRanges ranges) {
        return new OffsetRanges(ranges.to(), ranges.to());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        values.close();
        reader.close();
        admin.close();
    }
}
