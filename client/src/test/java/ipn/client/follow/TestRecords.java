package ipn.client.follow;

import com.fasterxml.jackson.databind.JsonNode;
import ipn.avro.Entitlement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Records of {@code ipn.entitlement-state} from JSON, in Confluent's wire format. */
final class TestRecords {
    /** The id of the schema of these records. */
    static final int SCHEMA = 7;

    private TestRecords() {}

    /** The schemas of these records. */
    static SchemaSource schemas() {
        return id -> {
            if (id != SCHEMA) {
                throw new IOException("schema %d: unknown".formatted(id));
            }
            return Entitlement.getClassSchema().toString();
        };
    }

    /** A record with a key and a value as the vectors have them. */
    static ConsumerRecord<byte[], byte[]> record(JsonNode vector) {
        var value = vector.get("value");
        return record(vector.get("key").textValue(), value.isNull() ? null : value(value));
    }

    static ConsumerRecord<byte[], byte[]> record(String key, byte @Nullable [] value) {
        return new ConsumerRecord<>("state", 0, 0, key.getBytes(StandardCharsets.UTF_8), value);
    }

    static byte[] value(JsonNode json) {
        var schema = Entitlement.getClassSchema();
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 0, 0, SCHEMA});
        try {
            var encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(schema).write((GenericRecord) avro(json, schema), encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object avro(JsonNode json, Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> {
                var record = new GenericData.Record(schema);
                schema.getFields()
                        .forEach(field -> record.put(field.name(), avro(json.get(field.name()), field.schema())));
                yield record;
            }
            case UNION -> json.isNull() ? null : avro(json, schema.getTypes().get(1));
            case ENUM -> new GenericData.EnumSymbol(schema, json.textValue());
            case LONG -> json.longValue();
            case INT -> json.intValue();
            case BOOLEAN -> json.booleanValue();
            default -> json.textValue();
        };
    }
}
