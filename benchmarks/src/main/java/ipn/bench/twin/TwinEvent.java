package ipn.bench.twin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.avro.EntitlementStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Reads the events of the twin. */
final class TwinEvent {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TwinEvent() {}

    static Emitted read(byte[] value) {
        var event = tree(value);
        return new Emitted(
                event.path("key").asText(),
                event.path("revision").asLong(),
                EntitlementStatus.valueOf(event.path("status").asText()),
                event.hasNonNull("until") ? Instant.parse(event.path("until").asText()) : null);
    }

    /** The key of the gateway event that has caused it. */
    static String cause(byte[] value) {
        return tree(value).path("cause").asText();
    }

    private static JsonNode tree(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
