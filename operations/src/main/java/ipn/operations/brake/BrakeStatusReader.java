package ipn.operations.brake;

import ipn.avro.BrakeAction;
import ipn.avro.BrakeCommand;
import ipn.avro.BrakeStatus;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;

/** Follows what each partition says of its brake. */
final class BrakeStatusReader implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final String topic;
    private final TopicReader reader;
    private final Deserializer<BrakeStatus> values;
    private final Map<TopicPartition, Long> read = new HashMap<>();
    private final Map<Integer, BrakeStatus> newest = new TreeMap<>();
    private final Map<Integer, BrakeStatus> carriedOut = new TreeMap<>();
    private String awaited = "";

    private BrakeStatusReader(String topic, TopicReader reader, Deserializer<BrakeStatus> values) {
        this.topic = topic;
        this.reader = reader;
        this.values = values;
    }

    static BrakeStatusReader open(KafkaSettings kafka, AvroSerdes serdes) {
        return new BrakeStatusReader(
                kafka.topics().name(TopicCatalogue.BRAKE_STATUS),
                TopicReader.open(kafka),
                serdes.deserializer(BrakeStatus.class));
    }

    int partitions() {
        return reader.partitions(topic).size();
    }

    /** All that has been said until now. */
    BrakeReport report() {
        goOn();
        return BrakeReport.of(newest.values(), partitions());
    }

    /** Follows until every partition has carried the command out, or nothing moves any more. */
    BrakeResult await(BrakeCommand command, BrakeReport before, Duration patience, Progress progress) {
        awaited = command.getCommandId();
        var discards = command.getAction() == BrakeAction.DISCARD;
        var movedAt = System.nanoTime();
        var moved = -1L;
        while (carriedOut.size() < partitions() && System.nanoTime() - movedAt < patience.toNanos()) {
            goOn();
            var done = done(BrakeReport.of(newest.values(), partitions()), before, discards);
            progress.at(
                    discards ? "dropping" : "telling",
                    done,
                    Math.max(done, before.total().held()));
            if (done + carriedOut.size() > moved) {
                moved = done + carriedOut.size();
                movedAt = System.nanoTime();
            }
            pause();
        }
        var after = new TreeMap<>(newest);
        after.putAll(carriedOut);
        var done = done(BrakeReport.of(after.values(), partitions()), before, discards);
        return new BrakeResult(awaited, command.getAction(), done, carriedOut.size(), partitions() - carriedOut.size());
    }

    private static long done(BrakeReport after, BrakeReport before, boolean discards) {
        return discards
                ? after.total().discarded() - before.total().discarded()
                : after.total().released() - before.total().released();
    }

    private void goOn() {
        var all = reader.all(topic);
        var from = new HashMap<>(all.from());
        from.replaceAll((partition, begin) -> Math.max(begin, read.getOrDefault(partition, 0L)));
        reader.read(new OffsetRanges(from, all.to()), "reading " + topic, Progress.SILENT, this::hear);
        read.putAll(all.to());
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        var status = values.deserialize(topic, record.value());
        newest.put(status.getPartition(), status);
        var command = status.getLastCommand();
        if (command != null && command.getCommandId().equals(awaited)) {
            carriedOut.putIfAbsent(status.getPartition(), status);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        reader.close();
        values.close();
    }
}
