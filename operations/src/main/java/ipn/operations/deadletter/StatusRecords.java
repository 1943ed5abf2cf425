package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.DeadLetterDecision;
import ipn.avro.DeadLetterStatus;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.operations.Operator;
import ipn.operations.deadletter.DeadLetter.Status;
import ipn.operations.decision.DecisionWriter;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes the records of what is decided about dead letters: the status of each, and one decision of the person for all of them.
 *
 * @param clock stamps them
 */
record StatusRecords(
        KafkaSettings kafka, Serializer<DeadLetterStatus> values, Serializer<Decision> decisions, Clock clock) {
    private static final String NO_REASON = "no reason given";

    ProducerRecord<byte[], byte[]> ofPerson(RedriveRun.Request request) {
        var kind = kind(request.decision());
        var about = request.replayId() == null ? UUID.randomUUID().toString() : request.replayId();
        var who =
                new Operator(request.who().by(), Optional.of(request.who().why().orElse(NO_REASON)));
        var decision = DecisionWriter.draft(kind, DecisionTarget.DEAD_LETTER, about, who, clock.instant())
                .setWhich(request.which().description())
                .build();
        return DecisionWriter.record(kafka.topics().name(TopicCatalogue.DECISIONS), decisions, decision);
    }

    /** @param decision about this one */
    ProducerRecord<byte[], byte[]> decided(DeadLetter letter, Status decision, RedriveRun.Request request) {
        var topic = kafka.topics().name(TopicCatalogue.DLQ_STATUS);
        var status = DeadLetterStatus.newBuilder()
                .setDeadLetterId(letter.id())
                .setStatus(decision(decision))
                .setAttempts(letter.attempts())
                .setReplayId(decision == Status.REPLAYED ? request.replayId() : null)
                .setBy(request.who().by())
                .setWhy(request.who().why().orElse(null))
                .setAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .build();
        return new ProducerRecord<>(topic, letter.id().getBytes(UTF_8), values.serialize(topic, status));
    }

    private static DeadLetterDecision decision(Status status) {
        return switch (status) {
            case REPLAYED -> DeadLetterDecision.REPLAYED;
            case DISCARDED -> DeadLetterDecision.DISCARDED;
            case PARKED -> DeadLetterDecision.PARKED;
            case OPEN -> DeadLetterDecision.REOPENED;
        };
    }

    private static DecisionKind kind(Status status) {
        return switch (status) {
            case REPLAYED, PARKED -> DecisionKind.REPLAY;
            case DISCARDED -> DecisionKind.DISCARD;
            case OPEN -> DecisionKind.REOPEN;
        };
    }
}
