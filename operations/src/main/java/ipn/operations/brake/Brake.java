package ipn.operations.brake;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.BrakeAction;
import ipn.avro.BrakeCommand;
import ipn.operations.Operator;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.Progress;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The circuit breaker for revocations: its status in each partition, and commands that release or discard what it withholds. */
public final class Brake {
    /** Longer than a projector needs to restart after a crash. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final Clock clock;
    private final Duration timeout;

    public Brake(KafkaSettings kafka, AvroSerdes serdes, Clock clock) {
        this(kafka, serdes, clock, TIMEOUT);
    }

    /** @param timeout how long to wait without progress */
    Brake(KafkaSettings kafka, AvroSerdes serdes, Clock clock, Duration timeout) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** The status of all partitions now. */
    public BrakeReport status() {
        try (var statuses = BrakeStatusReader.open(kafka, serdes)) {
            return statuses.report();
        }
    }

    /** Releases all revocations that are withheld now, and waits until they are emitted. */
    public BrakeResult release(Operator who, Progress progress) {
        return decide(BrakeAction.RELEASE, who, progress);
    }

    /** Discards all revocations that are withheld now, and waits until they are discarded. */
    public BrakeResult discard(Operator who, Progress progress) {
        return decide(BrakeAction.DISCARD, who, progress);
    }

    private BrakeResult decide(BrakeAction action, Operator who, Progress progress) {
        var why = who.requireReason().why().orElseThrow();
        var command = new BrakeCommand(
                UUID.randomUUID().toString(),
                action,
                who.by(),
                why,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        try (var statuses = BrakeStatusReader.open(kafka, serdes)) {
            var before = statuses.report();
            write(command, statuses.partitions());
            return statuses.await(command, before, timeout, progress);
        }
    }

    /** Writes the command to all partitions in one transaction. */
    private void write(BrakeCommand command, int partitions) {
        var topic = kafka.topics().name(TopicCatalogue.BRAKE);
        try (var transaction = ExclusiveWriter.open(kafka, "brake-command");
                var values = serdes.serializer(BrakeCommand.class)) {
            var key = command.getCommandId().getBytes(UTF_8);
            var value = values.serialize(topic, command);
            List<ProducerRecord<byte[], byte[]>> records = IntStream.range(0, partitions)
                    .mapToObj(partition -> new ProducerRecord<>(topic, partition, key, value))
                    .toList();
            transaction.write(records);
        }
    }
}
