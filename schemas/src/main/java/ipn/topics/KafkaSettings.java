package ipn.topics;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import ipn.serde.AvroSerdes;
import ipn.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * How to reach Kafka and the schema registry, and the topics.
 *
 * @param clients passed through to every Kafka client, {@code bootstrap.servers} among them
 * @param registry passed through to Confluent's serializer, {@code schema.registry.url} among them
 * @param topics names and shapes of the topics
 */
public record KafkaSettings(Map<String, String> clients, Map<String, String> registry, TopicCatalogue topics) {
    private static final String AUTO_REGISTER = "auto.register.schemas";
    private static final int SCHEMAS_CACHED = 1_000;

    public KafkaSettings {
        clients = Map.copyOf(clients);
        registry = Map.copyOf(registry);
    }

    /**
     * Reads {@code kafka} (any client setting), {@code schema-registry} and {@code topics}.
     *
     * @param bootstrapServers where Kafka is if the settings do not say
     * @param registryUrl where the schema registry is if the settings do not say
     */
    public static KafkaSettings from(Settings settings, String bootstrapServers, String registryUrl) {
        var clients = new HashMap<>(settings.passThrough("kafka"));
        clients.putIfAbsent("bootstrap.servers", bootstrapServers);
        var registry = new HashMap<String, String>();
        settings.passThrough("schema-registry")
                .forEach((key, value) -> registry.put(key.equals("url") ? "schema.registry.url" : key, value));
        registry.putIfAbsent("schema.registry.url", registryUrl);
        // only ipn schemas apply and the embedded stack register: a program with a wrong schema cannot make it a
        // version that all readers
        // have to live with
        registry.putIfAbsent(AUTO_REGISTER, "false");
        return new KafkaSettings(clients, registry, TopicCatalogue.from(settings));
    }

    /** A client of the schema registry. */
    public SchemaRegistryClient registryClient() {
        return SchemaRegistryClientFactory.newClient(
                List.of(registry.getOrDefault("schema.registry.url", "").split(",")),
                SCHEMAS_CACHED,
                List.of(new AvroSchemaProvider()),
                registry,
                Map.of());
    }

    /** Whether programs register the schemas that they write, so that none can be missing. */
    boolean registersSchemas() {
        return !"false".equals(registry.get(AUTO_REGISTER));
    }

    /** A new copy for one client, to which its own settings can be added. */
    public Properties client() {
        var properties = new Properties();
        properties.putAll(clients);
        return properties;
    }

    /** Serializers and deserializers that use the schema registry. */
    public AvroSerdes serdes() {
        return AvroSerdes.of(registry);
    }
}
