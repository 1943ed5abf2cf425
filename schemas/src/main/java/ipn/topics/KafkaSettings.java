package ipn.topics;

import ipn.serde.AvroSerdes;
import ipn.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * How a stage reaches Kafka and the schema registry.
 *
 * @param clients passed through to every Kafka client, {@code bootstrap.servers} among them
 * @param registry passed through to Confluent's serializer, {@code schema.registry.url} among them
 * @param topics names and shapes of the topics
 */
public record KafkaSettings(Map<String, String> clients, Map<String, String> registry, TopicCatalogue topics) {
    public KafkaSettings {
        clients = Map.copyOf(clients);
        registry = Map.copyOf(registry);
    }

    /** Reads {@code kafka} (any client setting), {@code schema-registry.url} and {@code topics}. */
    public static KafkaSettings from(Settings settings) {
        var clients = new HashMap<>(settings.passThrough("kafka"));
        clients.putIfAbsent("bootstrap.servers", "127.0.0.1:9092");
        var registry = new HashMap<String, String>();
        settings.passThrough("schema-registry")
                .forEach((key, value) -> registry.put(key.equals("url") ? "schema.registry.url" : key, value));
        registry.putIfAbsent("schema.registry.url", "http://127.0.0.1:8081");
        return new KafkaSettings(clients, registry, TopicCatalogue.from(settings));
    }

    /** A fresh copy for one client, to add to. */
    public Properties client() {
        var properties = new Properties();
        properties.putAll(clients);
        return properties;
    }

    public AvroSerdes serdes() {
        return AvroSerdes.of(registry);
    }
}
