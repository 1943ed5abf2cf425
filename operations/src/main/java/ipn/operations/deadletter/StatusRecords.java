package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.DeadLetterDecision;
import ipn.avro.DeadLetterStatus;
import ipn.operations.deadletter.DeadLetter.Status;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Makes the records of decisions about dead letters. */
record StatusRecords(KafkaSettings kafka, Serializer<DeadLetterStatus> values, Clock clock) {

    ProducerRecord<byte[], byte[]> decided(DeadLetter letter, RedriveRun.Request request) {
        var topic = kafka.topics().name(TopicCatalogue.DLQ_STATUS);
        var status = DeadLetterStatus.newBuilder()
                .setDeadLetterId(letter.id())
                .setStatus(decision(request.decision()))
                .setAttempts(letter.attempts())
                .setReplayId(request.replayId())
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
            case OPEN -> throw new IllegalArgumentException("decision: OPEN (expected: REPLAYED or DISCARDED)");
        };
    }
}
