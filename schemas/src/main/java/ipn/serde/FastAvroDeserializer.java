package ipn.serde;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Confluent's wire format without the look-up of the schema for each record. Confluent's deserializer reads the first record of each
 * schema id in each topic; if the plain decoding of its bytes is equal, the reader is kept and used for all others, else Confluent's
 * deserializer reads them all. The counterpart of {@link FastAvroSerializer}.
 *
 * @param <T> Avro type of the values
 */
final class FastAvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    /** A zero byte and the id of the schema. */
    private static final int PREFIX_LENGTH = 5;
    /** Ids beyond are left to Confluent's deserializer. */
    private static final int READERS_MAX = 1_000;

    private final KafkaAvroDeserializer confluent;
    private final Class<T> type;
    private final boolean hasRules;
    private final Map<Source, Optional<SpecificDatumReader<T>>> readers = new ConcurrentHashMap<>();

    private record Source(String topic, int schemaId) {}

    /**
     * @param confluent Confluent's deserializer, configured
     * @param hasRules it may read some records in another way, so it reads all of them
     */
    FastAvroDeserializer(KafkaAvroDeserializer confluent, Class<T> type, boolean hasRules) {
        this.confluent = confluent;
        this.type = type;
        this.hasRules = hasRules;
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null || hasRules || bytes.length < PREFIX_LENGTH || bytes[0] != 0) {
            return type.cast(confluent.deserialize(topic, bytes));
        }
        var source = new Source(topic, ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt());
        var reader = readers.get(source);
        if (reader == null) {
            return first(source, bytes);
        }
        return reader.isPresent() ? decoded(reader.get(), bytes) : type.cast(confluent.deserialize(topic, bytes));
    }

    private @Nullable T first(Source source, byte[] bytes) {
        var value = type.cast(confluent.deserialize(source.topic(), bytes));
        if (value != null && readers.size() < READERS_MAX) {
            readers.put(source, reader(source.schemaId()).filter(plain -> value.equals(decoded(plain, bytes))));
        }
        return value;
    }

    /** Confluent's deserializer has just read a record with this id, so its client knows the schema. */
    private Optional<SpecificDatumReader<T>> reader(int schemaId) {
        try {
            return Optional.of(confluent.getSchemaById(schemaId).rawSchema())
                    .filter(Schema.class::isInstance)
                    .map(Schema.class::cast)
                    .map(this::reader);
        } catch (Exception e) {
            return Optional.empty();
        }
    }

    private SpecificDatumReader<T> reader(Schema writer) {
        var data = SpecificData.getForClass(type);
        return new SpecificDatumReader<>(writer, data.getSchema(type), data);
    }

    private T decoded(SpecificDatumReader<T> reader, byte[] bytes) {
        try {
            var decoder = DecoderFactory.get().binaryDecoder(bytes, PREFIX_LENGTH, bytes.length - PREFIX_LENGTH, null);
            return type.cast(reader.read(null, decoder));
        } catch (IOException e) {
            throw new SerializationException("not a value of " + type.getSimpleName(), e);
        }
    }

    @Override
    public void close() {
        confluent.close();
    }
}
