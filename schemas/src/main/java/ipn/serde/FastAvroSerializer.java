package ipn.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's wire format without the look-up of the schema for each record, which costs more than the encoding. Confluent's serializer
 * encodes the first record of each topic, and registers or looks up the schema as its settings say. If the bytes are the id of a schema and
 * the plain encoding of the record, the id is kept and used for all others of that topic; else Confluent's serializer encodes them all, as
 * with rules that encrypt fields.
 *
 * @param <T> Avro type of the values
 */
final class FastAvroSerializer<T extends SpecificRecord> implements Serializer<T> {
    /** A zero byte and the id of the schema. */
    private static final int PREFIX_LENGTH = 5;

    private static final byte[] NONE = {};
    private static final int USUAL_LENGTH = 1024;
    /** A larger buffer is not kept for the next record. */
    private static final int KEPT_LENGTH_MAX = 64 * 1024;

    private final Serializer<Object> confluent;
    private final boolean hasRules;
    private final Schema schema;
    private final SpecificDatumWriter<T> writer;
    private final Map<String, byte[]> prefixes = new ConcurrentHashMap<>();
    private final ThreadLocal<Buffer> buffers = ThreadLocal.withInitial(Buffer::new);

    private static final class Buffer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_LENGTH);
        private @Nullable BinaryEncoder encoder;

        /** An encoder without anything that an earlier record left. */
        private BinaryEncoder reset() {
            encoder = EncoderFactory.get().binaryEncoder(bytes, encoder); // flushes what a failed record left
            bytes.reset();
            return encoder;
        }
    }

    /**
     * @param confluent Confluent's serializer, configured
     * @param hasRules it may write some records in another way, so it encodes all of them
     */
    FastAvroSerializer(Serializer<Object> confluent, Class<T> type, boolean hasRules) {
        this.hasRules = hasRules;
        this.confluent = confluent;
        this.schema = SpecificData.get().getSchema(type);
        this.writer = new SpecificDatumWriter<>(schema, SpecificData.getForClass(type));
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        if (value == null) {
            return null;
        }
        var prefix = prefixes.get(topic);
        if (prefix == null) {
            return first(topic, value);
        }
        return prefix.length == 0 ? confluent.serialize(topic, value) : encoded(prefix, value);
    }

    private byte @Nullable [] first(String topic, T value) {
        var bytes = confluent.serialize(topic, value);
        if (bytes != null && bytes.length >= PREFIX_LENGTH && bytes[0] == 0) {
            var prefix = Arrays.copyOf(bytes, PREFIX_LENGTH);
            prefixes.put(topic, !hasRules && Arrays.equals(encoded(prefix, value), bytes) ? prefix : NONE);
        } else {
            prefixes.put(topic, NONE);
        }
        return bytes;
    }

    private byte[] encoded(byte[] prefix, T value) {
        var buffer = buffers.get();
        try {
            var encoder = buffer.reset();
            encoder.writeFixed(prefix);
            writer.write(value, encoder);
            encoder.flush();
            if (buffer.bytes.size() > KEPT_LENGTH_MAX) {
                buffers.remove();
            }
            return buffer.bytes.toByteArray();
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("not a value of " + schema.getName(), e);
        }
    }

    @Override
    public void close() {
        confluent.close();
    }
}
