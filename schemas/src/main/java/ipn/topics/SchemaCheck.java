package ipn.topics;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import ipn.serde.RegistryFailure;
import ipn.settings.SettingsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks before a stage starts that the registry has the schemas of its topics; without them its first write would fail. */
public final class SchemaCheck {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaCheck.class);
    /** The registry answers with these codes if there is no such subject, or it has no such schema. */
    private static final Set<Integer> NOT_FOUND = Set.of(40401, 40403);

    private static final Set<Integer> DENIED = Set.of(401, 403);

    private SchemaCheck() {}

    /**
     * Requires that all are registered. While the registry is unavailable, nothing is proven: the stage starts, and waits for it as it does
     * later.
     *
     * @param schemas of the topics that the stage reads or writes
     * @throws SettingsException if a schema is missing, or the registry denies access or is no registry
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
            if (!RegistryFailure.isUnavailable(e)) {
                throw problem(kafka, failure(e));
            }
            LOG.atWarn()
                    .addKeyValue("cause", e.getClass().getName())
                    .log("Schema registry did not answer; schemas are not checked");
            return;
        }
        if (!missing.isEmpty()) {
            throw problem(
                    kafka,
                    " (expected: a registry with the schemas of this build; run 'ipn schemas apply' before the stage; missing: %s)"
                            .formatted(String.join(", ", missing)));
        }
    }

    private static SettingsException problem(KafkaSettings kafka, String text) {
        return new SettingsException(
                List.of("schema-registry.url: " + kafka.registry().get("schema.registry.url") + text));
    }

    /** The text of the registry is not shown: it may repeat what was sent. */
    private static String failure(Exception e) {
        if (!(e instanceof RestClientException answer)) {
            return " did not give a usable answer: %s (expected: a schema registry that speaks the protocol of the URL)"
                    .formatted(e.getClass().getSimpleName());
        }
        var status = Integer.toString(answer.getStatus());
        return DENIED.contains(answer.getStatus())
                ? " denies access with status %s (expected: the right to read schemas; see schema-registry.basic.auth.user.info, or permit it in the registry)"
                        .formatted(status)
                : " answers with status %s (expected: a schema registry at this URL)".formatted(status);
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
