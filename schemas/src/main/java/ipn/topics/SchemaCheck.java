package ipn.topics;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import ipn.settings.SettingsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks before a stage starts that the registry has the schemas that it writes; without them its first write would fail. */
public final class SchemaCheck {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaCheck.class);
    /** The registry answers with these codes if there is no such subject, or it has no such schema. */
    private static final Set<Integer> NOT_FOUND = Set.of(40401, 40403);

    private SchemaCheck() {}

    /**
     * Requires that all are registered. If the registry does not answer, nothing is proven: the stage starts, and waits for it as it does
     * later.
     *
     * @throws SettingsException if a schema is missing
     */
    public static void require(KafkaSettings kafka, Collection<TopicSchema> schemas) {
        if (kafka.registersSchemas()) {
            return;
        }
        var missing = new ArrayList<String>();
        try (var client = kafka.registryClient()) {
            for (var schema : schemas) {
                if (!isRegistered(client, schema)) {
                    missing.add(schema.subject());
                }
            }
        } catch (IOException | RestClientException e) {
            LOG.atWarn()
                    .addKeyValue("cause", e.getClass().getName())
                    .log("Schema registry did not answer; schemas are not checked");
            return;
        }
        if (!missing.isEmpty()) {
            throw new SettingsException(List.of(
                    "schema-registry.url: %s (expected: a registry with the schemas of this build; run 'ipn schemas apply' before the stage; missing: %s)"
                            .formatted(kafka.registry().get("schema.registry.url"), String.join(", ", missing))));
        }
    }

    /** Whether the subject has exactly this schema as one of its versions. */
    public static boolean isRegistered(SchemaRegistryClient client, TopicSchema schema)
            throws IOException, RestClientException {
        try {
            client.getId(schema.subject(), new AvroSchema(schema.schema()));
            return true;
        } catch (RestClientException e) {
            if (NOT_FOUND.contains(e.getErrorCode())) {
                return false;
            }
            throw e;
        }
    }
}
