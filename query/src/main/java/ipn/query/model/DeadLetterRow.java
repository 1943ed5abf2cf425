package ipn.query.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.deadletter.MentionedWords;
import ipn.operations.topic.HeaderText;
import ipn.topics.Headers;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The row of a dead letter, from its headers, and hashes of the words in its body. Whatever it contains, there is a row. */
public final class DeadLetterRow {
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private DeadLetterRow() {}

    /** The change of a record. */
    public static List<Change> of(ConsumerRecord<byte[], byte[]> record, Place place) {
        var letter = DeadLetter.undecided(record);
        var header = new HeaderText(record.headers());
        var row = JsonNodeFactory.instance.objectNode();
        row.put("dead_letter_id", AvroJson.clean(letter.id()));
        row.put("record_key", AvroJson.clean(letter.paymentKey()));
        put(row, "reason", letter.reason());
        put(row, "stage", letter.stage());
        put(row, "class", letter.failureClass());
        put(row, "fingerprint", letter.fingerprint());
        put(row, "message", letter.message());
        put(row, "event_key", letter.eventKey());
        put(row, "event_type", letter.eventType());
        put(row, "account", letter.account());
        row.put("attempts", letter.attempts());
        put(row, "first_failed_at", time(letter.firstFailedAt()));
        var failedAt = time(letter.lastFailedAt());
        row.put("last_failed_at", failedAt == null ? place.at().toString() : failedAt);
        put(row, "app_version", header.text(Headers.DLQ_APP_VERSION));
        put(row, "replay_id", header.text(Headers.DLQ_REPLAY_ID));
        put(row, "source_topic", letter.source().topic());
        if (letter.source().partition() >= 0) {
            row.put("source_partition", letter.source().partition());
        }
        if (letter.source().offset() >= 0) {
            row.put("source_offset", letter.source().offset());
        }
        var words = row.putArray("words");
        MentionedWords.of(record).forEach(words::add);
        return List.of(Change.write(Table.DEAD_LETTERS, row, place));
    }

    private static void put(ObjectNode row, String column, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            row.put(column, AvroJson.clean(value));
        }
    }

    /** A time that PostgreSQL can store too. */
    private static @Nullable String time(@Nullable Instant time) {
        return time != null && time.isAfter(Instant.EPOCH) && time.isBefore(LAST) ? time.toString() : null;
    }
}
