package ipn.serde;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Serdes for our Avro records in Confluent's wire format, subjects by topic name.
 *
 * @param settings {@code schema.registry.url} and any other setting of Confluent's serializer
 * @param registry a client to use instead of the one the settings describe; null: as the settings say
 */
public record AvroSerdes(
        Map<String, String> settings, @Nullable SchemaRegistryClient registry) {

    public AvroSerdes {
        settings = Map.copyOf(settings);
    }

    /** A serde against the registry of the settings. */
    public static AvroSerdes of(Map<String, String> settings) {
        return new AvroSerdes(settings, null);
    }

    /** Serde of record values of one Avro type. Deserializing yields the type's own class. */
    public <T extends SpecificRecord> Serde<T> values(Class<T> type) {
        return Serdes.serdeFrom(serializer(type), deserializer(type));
    }

    /** Serializer of record values of one Avro type. */
    public <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
        var avro = registry == null ? new KafkaAvroSerializer() : new KafkaAvroSerializer(registry);
        avro.configure(confluent(), false);
        return new FastAvroSerializer<>(avro, type, hasRules());
    }

    /** Rules of the registry, such as encryption, may concern only some records. */
    private boolean hasRules() {
        return settings.keySet().stream().anyMatch(key -> key.startsWith("rule.") || key.startsWith("use."));
    }

    /**
     * Deserializer of record values of one Avro type. Whatever is wrong with the bytes, it throws a {@link SerializationException}; Avro and
     * Confluent's deserializer throw many other types. A schema that the registry does not know is asked for again, see
     * {@link UnknownSchemas}.
     */
    public <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
        var avro = registry == null ? new KafkaAvroDeserializer() : new KafkaAvroDeserializer(registry);
        avro.configure(confluent(), false);
        var fast = new FastAvroDeserializer<>(avro, type, hasRules());
        return new Deserializer<>() {
            @Override
            public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
                return UnknownSchemas.SHARED.read(() -> read(topic, bytes));
            }

            private @Nullable T read(String topic, byte @Nullable [] bytes) {
                try {
                    return fast.deserialize(topic, bytes);
                } catch (SerializationException e) {
                    throw e;
                } catch (RuntimeException | StackOverflowError e) {
                    throw new SerializationException("not a value of " + type.getSimpleName(), e);
                }
            }

            @Override
            public void close() {
                fast.close();
            }
        };
    }

    private Map<String, Object> confluent() {
        var all = new HashMap<String, Object>(settings);
        all.putIfAbsent("schema.registry.url", "mock://unused");
        all.put("specific.avro.reader", "true");
        all.put("avro.remove.java.properties", "true");
        return all;
    }

    /** Without values, because some are secrets. */
    @Override
    public String toString() {
        return "AvroSerdes" + new TreeSet<>(settings.keySet());
    }
}
