package ipn.query.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.topics.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The row of a dead letter, from its headers alone. Whatever they contain, there is a row: of a program that is not ours, without its message,
 * which may be personal data.
 *
 * @param headers value of a header as text; null if there is none
 */
public record DeadLetterRow(Function<String, @Nullable String> headers) {

    /**
     * The change of a record.
     *
     * @param topic name of the topic, for a dead letter without an id
     */
    public List<Change> of(String topic, Place place) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put(
                "dead_letter_id",
                text(Headers.DLQ_ID).orElseGet(() -> "%s-%d@%d".formatted(topic, place.partition(), place.offset())));
        put(row, "record_key", Optional.of(AvroJson.clean(place.key())));
        put(row, "reason", text(Headers.DLQ_REASON));
        put(row, "stage", text(Headers.DLQ_STAGE));
        put(row, "class", text(Headers.DLQ_CLASS));
        put(row, "fingerprint", text(Headers.DLQ_FINGERPRINT));
        put(row, "message", text(Headers.DLQ_REASON).flatMap(ours -> text(Headers.ERROR_MESSAGE)));
        row.put("attempts", number(Headers.DLQ_ATTEMPTS, Integer.MAX_VALUE).orElse(1L));
        put(row, "first_failed_at", time(Headers.DLQ_FIRST_FAILED_AT));
        put(
                row,
                "last_failed_at",
                time(Headers.DLQ_LAST_FAILED_AT).or(() -> Optional.of(place.at().toString())));
        put(row, "app_version", text(Headers.DLQ_APP_VERSION));
        put(row, "replay_id", text(Headers.DLQ_REPLAY_ID));
        put(row, "source_topic", text(Headers.ERROR_TOPIC));
        number(Headers.ERROR_PARTITION, Integer.MAX_VALUE).ifPresent(number -> row.put("source_partition", number));
        number(Headers.ERROR_OFFSET, Long.MAX_VALUE).ifPresent(number -> row.put("source_offset", number));
        return List.of(Change.write(Table.DEAD_LETTERS, row, place));
    }

    private static void put(ObjectNode row, String column, Optional<String> value) {
        value.ifPresent(text -> row.put(column, text));
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(headers.apply(name)).map(AvroJson::clean);
    }

    private Optional<Long> number(String name, long max) {
        try {
            return text(name).map(Long::parseLong).filter(number -> number >= 0 && number <= max);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A time that PostgreSQL can store too. */
    private Optional<String> time(String name) {
        try {
            return text(name)
                    .map(Instant::parse)
                    .filter(time -> time.isAfter(Instant.EPOCH) && time.isBefore(Instant.parse("9999-01-01T00:00:00Z")))
                    .map(Instant::toString);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
