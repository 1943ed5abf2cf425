package ipn.app.command.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import ipn.operations.deadletter.DeadLetter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * One line of a file of dead letters: a JSON object.
 *
 * @param letter for people; of it only the position is read again
 * @param key in base64, as all bytes; null if the record has none
 * @param headers in the order of the record
 */
record ExportedLetter(
        DeadLetter letter,
        @Nullable ByteBuffer key,
        List<Header> headers,
        @Nullable ByteBuffer body) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    ExportedLetter {
        headers = List.copyOf(headers);
    }

    /** One header. */
    record Header(String name, @Nullable ByteBuffer value) {}

    static ExportedLetter of(DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {
        var headers = new ArrayList<Header>();
        record.headers().forEach(header -> headers.add(new Header(header.key(), buffer(header.value()))));
        return new ExportedLetter(letter, buffer(record.key()), headers, buffer(record.value()));
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    /**
     * The record that was exported; empty if the line is none of such a file.
     *
     * @param line without its end
     */
    static Optional<ConsumerRecord<byte[], byte[]>> read(String line) {
        try {
            var json = JSON.readTree(line);
            var at = json.at("/letter/at");
            if (!at.path("topic").isTextual()
                    || !at.path("partition").isInt()
                    || !at.path("offset").isIntegralNumber()
                    || !json.path("headers").isArray()) {
                return Optional.empty();
            }
            var headers = new RecordHeaders();
            for (var header : json.path("headers")) {
                headers.add(header.path("name").textValue(), bytes(header.path("value")));
            }
            return Optional.of(new ConsumerRecord<>(
                    at.path("topic").textValue(),
                    at.path("partition").intValue(),
                    at.path("offset").longValue(),
                    ConsumerRecord.NO_TIMESTAMP,
                    TimestampType.NO_TIMESTAMP_TYPE,
                    ConsumerRecord.NULL_SIZE,
                    ConsumerRecord.NULL_SIZE,
                    bytes(json.path("key")),
                    bytes(json.path("body")),
                    headers,
                    Optional.empty()));
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty(); // no JSON, no base64, or a header without a name
        }
    }

    private static byte @Nullable [] bytes(JsonNode text) {
        return text.isTextual() ? Base64.getDecoder().decode(text.textValue()) : null;
    }
}
