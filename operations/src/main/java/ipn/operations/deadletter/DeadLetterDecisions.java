package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.DeadLetterDecision;
import ipn.avro.DeadLetterStatus;
import ipn.operations.deadletter.DeadLetter.Status;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The newest decision about each dead letter, by id.
 *
 * <p>A dead letter is open if it failed more often than it had when the newest decision was made. Of several dead letters with one
 * id, at most the newest is therefore open.
 */
final class DeadLetterDecisions {
    /** @param attempts how often the dead letter had failed when it was decided */
    record Decision(Status status, int attempts) {}

    private final Map<String, Decision> newest = new HashMap<>();

    static DeadLetterDecisions read(KafkaSettings kafka, TopicReader reader, Deserializer<DeadLetterStatus> values) {
        var decisions = new DeadLetterDecisions();
        var topic = kafka.topics().name(TopicCatalogue.DLQ_STATUS);
        reader.read(reader.all(topic), "reading decisions", Progress.SILENT, record -> {
            var id = new String(record.key(), UTF_8);
            if (record.value() == null) {
                decisions.newest.remove(id);
            } else {
                AvroValues.read(record, values)
                        .ifPresent(value ->
                                decisions.note(id, new Decision(status(value.getStatus()), value.getAttempts())));
            }
        });
        return decisions;
    }

    private static Status status(DeadLetterDecision decision) {
        return switch (decision) {
            case REPLAYED -> Status.REPLAYED;
            case DISCARDED -> Status.DISCARDED;
            case PARKED -> Status.PARKED;
            case REOPENED, UNKNOWN -> Status.OPEN;
        };
    }

    void note(String id, Decision decision) {
        newest.put(id, decision);
    }

    Status statusOf(String id, int attempts) {
        var decision = newest.get(id);
        if (decision == null || decision.attempts() < attempts) {
            return Status.OPEN;
        }
        var isReopened = decision.status() == Status.OPEN;
        // what failed less often was replayed before, and must not be replayed a second time
        return isReopened && decision.attempts() > attempts ? Status.REPLAYED : decision.status();
    }

    /** Whether the newest decision about a dead letter was made when it had failed as often as this one. */
    boolean isAbout(DeadLetter letter) {
        var decision = newest.get(letter.id());
        return decision != null && decision.attempts() == letter.attempts();
    }
}
