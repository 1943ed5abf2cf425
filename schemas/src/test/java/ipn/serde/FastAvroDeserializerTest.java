package ipn.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import ipn.avro.RecordPosition;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class FastAvroDeserializerTest {
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final Counted confluent = new Counted(registry);
    private final FastAvroDeserializer<RecordPosition> fast =
            new FastAvroDeserializer<>(confluent, RecordPosition.class, false);

    @Test
    void every_record_is_read_as_by_confluents_deserializer_which_reads_one_of_each_topic_and_schema()
            throws Exception {
        var current = registered(RecordPosition.getClassSchema());
        var later = registered(laterSchema());
        for (var offset = 0L; offset < 50; offset++) {
            for (var topic : new String[] {"claims", "others"}) {
                var expected = new RecordPosition("ipn.raw", 3, offset);
                assertThat(fast.deserialize(topic, bytes(current, RecordPosition.getClassSchema(), offset)))
                        .isEqualTo(expected);
                assertThat(fast.deserialize(topic, bytes(later, laterSchema(), offset)))
                        .isEqualTo(expected);
            }
        }
        assertThat(confluent.reads).isEqualTo(4);
    }

    @Test
    void truncated_bytes_are_no_value() throws Exception {
        var id = registered(RecordPosition.getClassSchema());
        var whole = bytes(id, RecordPosition.getClassSchema(), 300);
        assertThat(fast.deserialize("claims", whole)).isNotNull();
        var serdes = AvroSerdes.of(Map.of("schema.registry.url", "mock://truncated"));
        for (var length = 1; length < whole.length; length++) {
            var part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> fast.deserialize("claims", part)).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> serdes.deserializer(RecordPosition.class).deserialize("claims", part))
                    .isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void an_unknown_schema_is_asked_for_again_each_time() {
        var unknown = ByteBuffer.allocate(9).put((byte) 0).putInt(4711).array();
        for (var i = 0; i < 3; i++) {
            assertThatThrownBy(() -> fast.deserialize("claims", unknown)).isInstanceOf(SerializationException.class);
        }
        assertThat(confluent.reads).isEqualTo(3);
    }

    @Test
    void with_rules_of_the_registry_confluents_deserializer_reads_them_all() throws Exception {
        var id = registered(RecordPosition.getClassSchema());
        try (var ruled = new FastAvroDeserializer<>(confluent, RecordPosition.class, true)) {
            for (var i = 0; i < 3; i++) {
                assertThat(ruled.deserialize("claims", bytes(id, RecordPosition.getClassSchema(), i)))
                        .isNotNull();
            }
        }
        assertThat(confluent.reads).isEqualTo(3);
    }

    /** With a field that this version does not know. */
    private static Schema laterSchema() {
        return SchemaBuilder.record("RecordPosition")
                .namespace("ipn.avro")
                .fields()
                .requiredString("topic")
                .name("added")
                .type()
                .stringType()
                .stringDefault("")
                .requiredInt("partition")
                .requiredLong("offset")
                .endRecord();
    }

    private int registered(Schema schema) throws Exception {
        return registry.register("claims-value", new AvroSchema(schema));
    }

    private static byte[] bytes(int id, Schema schema, long offset) throws Exception {
        var out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        var record = new GenericRecordBuilder(schema)
                .set("topic", "ipn.raw")
                .set("partition", 3)
                .set("offset", offset)
                .build();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static final class Counted extends KafkaAvroDeserializer {
        private int reads;

        Counted(MockSchemaRegistryClient registry) {
            super(registry, Map.of("schema.registry.url", "mock://unused", "specific.avro.reader", "true"));
        }

        @Override
        public Object deserialize(String topic, byte[] bytes) {
            reads++;
            return super.deserialize(topic, bytes);
        }
    }
}
