package ipn.app.command.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.topic.Position;
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
 * @param cluster id of the Kafka cluster
 * @param letter for people; it is not read again
 * @param key in base64, as all bytes; null if the record has none
 * @param headers in the order of the record
 */
record ExportedLetter(
        String cluster,
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

    static ExportedLetter of(String cluster, DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {
        var headers = new ArrayList<Header>();
        record.headers().forEach(header -> headers.add(new Header(header.key(), buffer(header.value()))));
        return new ExportedLetter(cluster, letter, buffer(record.key()), headers, buffer(record.value()));
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    /**
     * Reads a line again. The record has the place of its line, because what a file says of its place proves nothing.
     *
     * @param at the line
     * @return empty if the line is not one of an export
     */
    static Optional<Read> read(String line, Position at) {
        try {
            var json = JSON.readTree(line);
            if (!json.path("cluster").isTextual() || !json.path("headers").isArray()) {
                return Optional.empty();
            }
            var headers = new RecordHeaders();
            for (var header : json.path("headers")) {
                headers.add(header.required("name").textValue(), bytes(header.required("value")));
            }
            var key = bytes(json.required("key"));
            var body = bytes(json.required("body"));
            var record = new ConsumerRecord<>(
                    at.topic(),
                    at.partition(),
                    at.offset(),
                    ConsumerRecord.NO_TIMESTAMP,
                    TimestampType.NO_TIMESTAMP_TYPE,
                    size(key),
                    size(body),
                    key,
                    body,
                    headers,
                    Optional.empty());
            return Optional.of(new Read(json.path("cluster").textValue(), record));
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty(); // no JSON, a member is missing, no base64, or a header has no name
        }
    }

    /** A line that was read. */
    record Read(String cluster, ConsumerRecord<byte[], byte[]> record) {}

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? ConsumerRecord.NULL_SIZE : bytes.length;
    }

    private static byte @Nullable [] bytes(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(value.getNodeType() + ": (expected: base64, or null)");
        }
        return Base64.getDecoder().decode(value.textValue());
    }
}
