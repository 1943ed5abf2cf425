package ipn.client.follow;

import ipn.client.AccessDecision;
import ipn.client.AccessKey;
import ipn.client.AccessStatus;
import ipn.client.store.CompactStore.Change;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of {@code ipn.entitlement-state} with the schema with which each was written. Fields are found by their names, so that
 * later versions of the schema can be read too; a code that this version does not know stays a code.
 */
public final class EntitlementDecoder {
    private static final int PREFIX_LENGTH = 5;

    private final SchemaSource schemas;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
    private @Nullable BinaryDecoder decoder;
    private @Nullable GenericRecord reused;

    public EntitlementDecoder(SchemaSource schemas) {
        this.schemas = schemas;
    }

    /**
     * The change that a record says; empty if it is not a record of this topic.
     *
     * @param value null: the entry is deleted
     * @throws IOException if its schema cannot be found now
     */
    public Optional<Change> decode(byte @Nullable [] key, byte @Nullable [] value) throws IOException {
        if (key == null) {
            return Optional.empty();
        }
        if (value == null) {
            return key(new String(key, StandardCharsets.UTF_8)).map(deleted -> new Change(deleted, null));
        }
        if (value.length < PREFIX_LENGTH || value[0] != 0) {
            return Optional.empty();
        }
        var reader = reader(ByteBuffer.wrap(value, 1, Integer.BYTES).getInt());
        try {
            decoder = DecoderFactory.get().binaryDecoder(value, PREFIX_LENGTH, value.length - PREFIX_LENGTH, decoder);
            reused = reader.read(reused, decoder);
            return Optional.of(change((GenericRecord) reused.get("last")));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            reused = null;
            return Optional.empty(); // bytes that are no record of this schema, or a record of another type
        }
    }

    private GenericDatumReader<GenericRecord> reader(int id) throws IOException {
        var known = readers.get(id);
        if (known != null) {
            return known;
        }
        reused = null;
        var reader = new GenericDatumReader<GenericRecord>(parsed(id));
        readers.put(id, reader);
        return reader;
    }

    private Schema parsed(int id) throws IOException {
        try {
            return new Schema.Parser().parse(schemas.schema(id));
        } catch (RuntimeException e) {
            throw new IOException("schema %d: cannot be read".formatted(id), e);
        }
    }

    private static Change change(GenericRecord last) {
        var key = new AccessKey(text(last, "subject"), text(last, "entitlement"), optional(last, "scope"));
        return new Change(
                key,
                new AccessDecision(
                        (Long) last.get("revision"),
                        AccessStatus.of(text(last, "status")),
                        text(last, "reason"),
                        time(last, "from"),
                        time(last, "until"),
                        time(last, "graceUntil"),
                        optional(last, "product"),
                        optional(last, "paymentKey"),
                        time(last, "decidedAt").orElse(Instant.EPOCH),
                        text(last, "policyVersion"),
                        last.hasField("test") && Boolean.TRUE.equals(last.get("test"))));
    }

    private static String text(GenericRecord record, String field) {
        return record.get(field).toString();
    }

    private static Optional<String> optional(GenericRecord record, String field) {
        return record.hasField(field) ? Optional.ofNullable(record.get(field)).map(Object::toString) : Optional.empty();
    }

    /** Whether Avro converts times depends on what else is on the class path. */
    private static Optional<Instant> time(GenericRecord record, String field) {
        var value = record.hasField(field) ? record.get(field) : null;
        if (value instanceof Instant time) {
            return Optional.of(time);
        }
        return value instanceof Long millis ? Optional.of(Instant.ofEpochMilli(millis)) : Optional.empty();
    }

    /** A record key: {@code subject/entitlement}, with {@code /scope} where it has one; % and / within them are encoded. */
    static Optional<AccessKey> key(String text) {
        var parts = text.split("/", -1);
        return parts.length == 2 || parts.length == 3
                ? Optional.of(new AccessKey(
                        decoded(parts[0]),
                        decoded(parts[1]),
                        parts.length == 2 ? Optional.empty() : Optional.of(decoded(parts[2]))))
                : Optional.empty();
    }

    private static String decoded(String part) {
        return part.replace("%2F", "/").replace("%25", "%");
    }
}
