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
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks before a stage starts that the registry has the schemas of its topics, without which its first write would fail, and gets them,
 * so that the stage works on while the registry is away.
 */
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
     * @return the same settings, whose serdes share a client of the registry that knows these schemas; it is not closed
     * @throws SettingsException if a schema is missing, or the registry denies access or is no registry
     */
    public static KafkaSettings require(KafkaSettings kafka, Collection<TopicSchema> schemas) {
        if (kafka.registersSchemas()) {
            return kafka;
        }
        var client = kafka.registryClient();
        var missing = new ArrayList<String>();
        try {
            for (var schema : schemas) {
                var id = id(client, schema);
                if (id.isPresent()) {
                    get(client, schema, id.getAsInt());
                } else {
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
            return kafka.sharing(client);
        }
        if (!missing.isEmpty()) {
            throw problem(
                    kafka,
                    " (expected: a registry with the schemas of this build; run 'ipn schemas apply' before the stage; missing: %s)"
                            .formatted(String.join(", ", missing)));
        }
        return kafka.sharing(client);
    }

    /** The client keeps what it gets; deserializers ask for it in both ways. */
    private static void get(SchemaRegistryClient client, TopicSchema schema, int id)
            throws IOException, RestClientException {
        client.getSchemaBySubjectAndId(schema.subject(), id);
        client.getSchemaById(id);
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
        return id(client, schema).isPresent();
    }

    private static OptionalInt id(SchemaRegistryClient client, TopicSchema schema)
            throws IOException, RestClientException {
        try {
            return OptionalInt.of(client.getId(schema.subject(), new AvroSchema(schema.schema())));
        } catch (RestClientException e) {
            if (NOT_FOUND.contains(e.getErrorCode())) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }
}
