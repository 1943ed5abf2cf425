package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.DeadLetterDecision;
import ipn.avro.DeadLetterStatus;
import ipn.operations.deadletter.DeadLetter.Status;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.Lookup;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import ipn.operations.topic.TopicReader;
import ipn.topics.TopicCatalogue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

    /** All decisions; with an index, at least those about the dead letters that a lookup finds. */
    static DeadLetterDecisions read(RecordSource source, TopicReader reader, Lookup letters) {
        var all = source.all(TopicCatalogue.DLQ_STATUS);
        if (!reader.hasIndex() || letters.isWhole()) {
            return about(source, reader, all);
        }
        var ids = new HashSet<String>();
        reader.find(letters, Progress.SILENT, record -> ids.add(DeadLetter.idOf(record)));
        return ids.isEmpty() ? new DeadLetterDecisions() : about(source, reader, all.any(Lookup.KEY, ids));
    }

    /** All decisions. */
    static DeadLetterDecisions read(RecordSource source, TopicReader reader) {
        return about(source, reader, source.all(TopicCatalogue.DLQ_STATUS));
    }

    private static DeadLetterDecisions about(RecordSource source, TopicReader reader, Lookup lookup) {
        var decisions = new DeadLetterDecisions();
        try (var values = source.serdes().deserializer(DeadLetterStatus.class)) {
            reader.find(lookup, Progress.SILENT, record -> decisions.read(record, values));
        }
        return decisions;
    }

    private void read(ConsumerRecord<byte[], byte[]> record, Deserializer<DeadLetterStatus> values) {
        var id = new String(record.key(), UTF_8);
        if (record.value() == null) {
            newest.remove(id);
        } else {
            AvroValues.read(record, values)
                    .ifPresent(value -> note(id, new Decision(status(value.getStatus()), value.getAttempts())));
        }
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
