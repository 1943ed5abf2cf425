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

/** The brake on mass revocation: how it stands in each partition, and what people decide about what it withholds. */
public final class Brake {
    /** Longer than a projector takes to start again after a crash. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final Clock clock;
    private final Duration patience;

    public Brake(KafkaSettings kafka, AvroSerdes serdes, Clock clock) {
        this(kafka, serdes, clock, PATIENCE);
    }

    /** @param patience how long nothing may move before waiting ends */
    Brake(KafkaSettings kafka, AvroSerdes serdes, Clock clock, Duration patience) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.clock = clock;
        this.patience = patience;
    }

    /** How it stands now. */
    public BrakeReport status() {
        try (var statuses = BrakeStatusReader.open(kafka, serdes)) {
            return statuses.report();
        }
    }

    /** Lets all that is withheld now be told, and waits until it is. */
    public BrakeResult release(Operator who, Progress progress) {
        return decide(BrakeAction.RELEASE, who, progress);
    }

    /** Drops all that is withheld now, and waits until it is. */
    public BrakeResult discard(Operator who, Progress progress) {
        return decide(BrakeAction.DISCARD, who, progress);
    }

    private BrakeResult decide(BrakeAction action, Operator who, Progress progress) {
        var why = who.mustSayWhy().why().orElseThrow();
        var command = new BrakeCommand(
                UUID.randomUUID().toString(),
                action,
                who.by(),
                why,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        try (var statuses = BrakeStatusReader.open(kafka, serdes)) {
            var before = statuses.report();
            write(command, statuses.partitions());
            return statuses.await(command, before, patience, progress);
        }
    }

    /** Into each partition, or into none. */
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
