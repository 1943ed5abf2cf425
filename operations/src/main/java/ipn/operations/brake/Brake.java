package ipn.operations.brake;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.BrakeAction;
import ipn.avro.BrakeCommand;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.Entitlement;
import ipn.operations.Operator;
import ipn.operations.decision.DecisionWriter;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
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

    /** What is withheld now; reads all entitlements. */
    public Withheld withheld(Progress progress) {
        var topic = kafka.topics().name(TopicCatalogue.ENTITLEMENT_STATE);
        var withheld = new HashMap<String, Entitlement>();
        try (var reader = TopicReader.open(kafka);
                var values = serdes.deserializer(Entitlement.class)) {
            reader.read(reader.all(topic), "reading " + topic, progress, record -> {
                if (record.key() != null) {
                    var key = new String(record.key(), UTF_8);
                    AvroValues.read(record, values)
                            .filter(entitlement -> entitlement.getWithheld() != null)
                            .ifPresentOrElse(entitlement -> withheld.put(key, entitlement), () -> withheld.remove(key));
                }
            });
        }
        return Withheld.of(withheld.values());
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
            write(command, decision(command, who, before.total().withheld()), statuses.partitions());
            return statuses.await(command, before, timeout, progress);
        }
    }

    private static Decision decision(BrakeCommand command, Operator who, long withheld) {
        var kind = command.getAction() == BrakeAction.RELEASE ? DecisionKind.RELEASE : DecisionKind.DISCARD;
        return DecisionWriter.draft(kind, DecisionTarget.BRAKE, command.getCommandId(), who, command.getAt())
                .setWhich("%d withheld revocations".formatted(withheld))
                .build();
    }

    /** Writes the decision, and the command to all partitions, in one transaction. */
    private void write(BrakeCommand command, Decision decision, int partitions) {
        var topic = kafka.topics().name(TopicCatalogue.BRAKE);
        var decisions = kafka.topics().name(TopicCatalogue.DECISIONS);
        try (var transaction = ExclusiveWriter.open(kafka, "brake-command");
                var decisionValues = serdes.serializer(Decision.class);
                var values = serdes.serializer(BrakeCommand.class)) {
            var key = command.getCommandId().getBytes(UTF_8);
            var value = values.serialize(topic, command);
            var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
            records.add(DecisionWriter.record(decisions, decisionValues, decision));
            IntStream.range(0, partitions)
                    .forEach(partition -> records.add(new ProducerRecord<>(topic, partition, key, value)));
            transaction.write(records);
        }
    }
}
