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
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Kafka and the schema registry, and the topics.
 *
 * @param clients passed through to every Kafka client, {@code bootstrap.servers} among them
 * @param registry passed through to Confluent's serializer, {@code schema.registry.url} among them
 * @param topics names and shapes of the topics
 * @param shared client of the schema registry that all serdes use; null: each has its own
 */
public record KafkaSettings(
        Map<String, String> clients,
        Map<String, String> registry,
        TopicCatalogue topics,
        @Nullable SchemaRegistryClient shared) {
    private static final String AUTO_REGISTER = "auto.register.schemas";
    private static final int SCHEMAS_CACHED = 1_000;
    private static final String REGISTRY_URL = "schema.registry.url";
    /** Names of client settings whose value is a secret. */
    private static final Pattern SECRET =
            Pattern.compile("(.+\\.)?(password|passphrase|secret|token|jaas\\.config|user\\.info|keystore\\.key)");

    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");

    public KafkaSettings {
        clients = Map.copyOf(clients);
        registry = Map.copyOf(registry);
    }

    /** Each serde has its own client of the schema registry. */
    public KafkaSettings(Map<String, String> clients, Map<String, String> registry, TopicCatalogue topics) {
        this(clients, registry, topics, null);
    }

    /** The same, with one client of the schema registry for all serdes. */
    KafkaSettings sharing(SchemaRegistryClient client) {
        return new KafkaSettings(clients, registry, topics, client);
    }

    /**
     * Reads {@code kafka} (any client setting), {@code schema-registry} and {@code topics}. Settings that are secrets, such as
     * {@code sasl.jaas.config} and all passwords, are references.
     *
     * @param bootstrapServers where Kafka is if the settings do not say
     * @param registryUrl where the schema registry is if the settings do not say
     */
    public static KafkaSettings from(Settings settings, String bootstrapServers, String registryUrl) {
        var clients = new HashMap<>(clientSettings(settings, "kafka"));
        clients.putIfAbsent("bootstrap.servers", bootstrapServers);
        var registry = new HashMap<String, String>();
        clientSettings(settings, "schema-registry")
                .forEach((key, value) -> registry.put(key.equals("url") ? REGISTRY_URL : key, value));
        registry.putIfAbsent(REGISTRY_URL, registryUrl);
        // only ipn schemas apply and the embedded stack register: a program with a wrong schema cannot make it a
        // version that all readers
        // have to live with
        registry.putIfAbsent(AUTO_REGISTER, "false");
        return new KafkaSettings(clients, registry, TopicCatalogue.from(settings));
    }

    private static Map<String, String> clientSettings(Settings settings, String section) {
        var read = settings.passThrough(section, name -> SECRET.matcher(name).matches());
        read.forEach((name, value) -> {
            if (name.endsWith("url") && USER_INFO.matcher(value).find()) {
                settings.problems()
                        .add(
                                section + "." + name,
                                withoutUserInfo(value),
                                "a URL without user and password; for the schema registry set basic.auth.credentials.source and basic.auth.user.info");
            }
        });
        return read;
    }

    /** The URL as it can be shown: user and password in it are replaced. */
    public static String withoutUserInfo(String url) {
        return USER_INFO.matcher(url).replaceAll("//***@");
    }

    /** A client of the schema registry. */
    public SchemaRegistryClient registryClient() {
        return SchemaRegistryClientFactory.newClient(
                List.of(registry.getOrDefault(REGISTRY_URL, "").split(",")),
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
        return new AvroSerdes(registry, shared);
    }

    /** Without values, because some are secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[clients=%s, registry=%s, topics=%s]"
                .formatted(new TreeSet<>(clients.keySet()), new TreeSet<>(registry.keySet()), topics);
    }
}
