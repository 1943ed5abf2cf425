package ipn.operations.brake;

import ipn.avro.BrakeAction;
import ipn.avro.BrakeCommand;
import ipn.avro.BrakeStatus;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.polling.Polling;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the status of the brake of each partition. */
final class BrakeStatusReader implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final String topic;
    private final TopicReader reader;
    private final Deserializer<BrakeStatus> values;
    private final Map<TopicPartition, Long> read = new HashMap<>();
    private final Map<Integer, BrakeStatus> newest = new TreeMap<>();
    private final Map<Integer, BrakeStatus> executed = new TreeMap<>();
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

    /** The status of all partitions now. */
    BrakeReport report() {
        readNew();
        return BrakeReport.of(newest.values(), partitions());
    }

    /** Reads until every partition has executed the command, or until there is no progress for as long as the timeout. */
    BrakeResult await(BrakeCommand command, BrakeReport before, Duration timeout, Progress progress) {
        awaited = command.getCommandId();
        var discards = command.getAction() == BrakeAction.DISCARD;
        var all = partitions();
        var done = new long[1];
        var unused = Polling.upTo(timeout)
                .every(INTERVAL)
                .until(
                        () -> {
                            readNew();
                            done[0] = done(BrakeReport.of(newest.values(), all), before, discards);
                            progress.at(
                                    discards ? "discarding" : "releasing",
                                    done[0],
                                    Math.max(done[0], before.total().withheld()));
                            return executed.size() >= all;
                        },
                        () -> done[0] + executed.size());
        var after = new TreeMap<>(newest);
        after.putAll(executed);
        return new BrakeResult(
                awaited,
                command.getAction(),
                done(BrakeReport.of(after.values(), all), before, discards),
                executed.size(),
                all - executed.size());
    }

    private static long done(BrakeReport after, BrakeReport before, boolean discards) {
        return discards
                ? after.total().discarded() - before.total().discarded()
                : after.total().released() - before.total().released();
    }

    private void readNew() {
        var all = reader.all(topic);
        var from = new HashMap<>(all.from());
        from.replaceAll((partition, begin) -> Math.max(begin, read.getOrDefault(partition, 0L)));
        reader.read(new OffsetRanges(from, all.to()), "reading " + topic, Progress.SILENT, this::add);
        read.putAll(all.to());
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        AvroValues.read(record, values).ifPresent(this::add);
    }

    private void add(BrakeStatus status) {
        newest.put(status.getPartition(), status);
        var command = status.getLastCommand();
        if (command != null && command.getCommandId().equals(awaited)) {
            executed.putIfAbsent(status.getPartition(), status);
        }
    }

    @Override
    public void close() {
        reader.close();
        values.close();
    }
}
