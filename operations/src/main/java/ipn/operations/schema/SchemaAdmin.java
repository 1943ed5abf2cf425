package ipn.operations.schema;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import ipn.operations.OperationFailedException;
import ipn.serde.FullCompatibility;
import ipn.topics.KafkaSettings;
import ipn.topics.SchemaCheck;
import ipn.topics.TopicSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * Compares the schemas in the registry with those of this build, and registers them. An older version than the newest is no difference: a
 * newer release may have registered its own already.
 */
public final class SchemaAdmin {
    private static final String LEVEL = "FULL_TRANSITIVE";
    private static final int NO_SUBJECT = 40401;
    private static final int NO_LEVEL = 40408;

    private final KafkaSettings kafka;
    private final List<TopicSchema> schemas;

    /** @param schemas those that this build writes */
    public SchemaAdmin(KafkaSettings kafka, List<TopicSchema> schemas) {
        this.kafka = kafka;
        this.schemas = List.copyOf(schemas);
    }

    /** Kinds of differences. */
    public enum Kind {
        /** The subject has no schema. */
        MISSING,
        /** The subject has other schemas, and this build's is compatible with all of them. */
        DIFFERENT,
        /** This build's schema is not compatible with a version of the subject: records would be unreadable. */
        INCOMPATIBLE,
        /** The registry would accept an incompatible schema for the subject. */
        LEVEL
    }

    /**
     * One difference between the registry and this build.
     *
     * @param detail what is incompatible, or the level; empty where the kind says all
     */
    public record Difference(String subject, Kind kind, String detail) {
        /** Whether {@link #apply} corrects it. */
        public boolean correctable() {
            return kind != Kind.INCOMPATIBLE;
        }
    }

    /**
     * What applying did.
     *
     * @param corrected schemas that were registered and levels that were set
     * @param remaining differences that a person has to decide on
     */
    public record Applied(List<Difference> corrected, List<Difference> remaining) {
        public Applied {
            corrected = List.copyOf(corrected);
            remaining = List.copyOf(remaining);
        }
    }

    /** The differences, in the order of the schemas. Changes nothing. */
    public List<Difference> check() {
        return with(this::differences);
    }

    /**
     * Sets the compatibility level of each subject, so that a later change of the registry's default does not matter, and registers what is
     * missing or different. An incompatible schema is never registered.
     */
    public Applied apply() {
        return with(client -> {
            var found = differences(client);
            var incompatible = found.stream()
                    .filter(difference -> !difference.correctable())
                    .map(Difference::subject)
                    .collect(Collectors.toSet());
            for (var schema : schemas) {
                if (!ownLevel(client, schema.subject()).equals(Optional.of(LEVEL))) {
                    client.updateCompatibility(schema.subject(), LEVEL);
                }
                if (!incompatible.contains(schema.subject())) {
                    client.register(schema.subject(), new AvroSchema(schema.schema()));
                }
            }
            var byCorrectable = found.stream().collect(Collectors.partitioningBy(Difference::correctable));
            return new Applied(
                    byCorrectable.getOrDefault(true, List.of()), byCorrectable.getOrDefault(false, List.of()));
        });
    }

    private List<Difference> differences(SchemaRegistryClient client) throws IOException, RestClientException {
        var differences = new ArrayList<Difference>();
        for (var schema : schemas) {
            var subject = schema.subject();
            var level = level(client, subject);
            if (!level.equals(LEVEL)) {
                differences.add(new Difference(subject, Kind.LEVEL, level));
            }
            if (!SchemaCheck.isRegistered(client, schema)) {
                differences.add(difference(client, schema));
            }
        }
        return differences;
    }

    private static Difference difference(SchemaRegistryClient client, TopicSchema schema)
            throws IOException, RestClientException {
        var subject = schema.subject();
        var versions = versions(client, subject);
        for (var version : versions) {
            var earlier = client.getSchemaMetadata(subject, version).getSchema();
            var problems = FullCompatibility.problems(schema.schema(), new Schema.Parser().parse(earlier));
            if (!problems.isEmpty()) {
                return new Difference(subject, Kind.INCOMPATIBLE, "version %d: %s".formatted(version, problems.get(0)));
            }
        }
        return new Difference(subject, versions.isEmpty() ? Kind.MISSING : Kind.DIFFERENT, "");
    }

    private static List<Integer> versions(SchemaRegistryClient client, String subject)
            throws IOException, RestClientException {
        try {
            return client.getAllVersions(subject);
        } catch (RestClientException e) {
            if (e.getErrorCode() == NO_SUBJECT) {
                return List.of();
            }
            throw e;
        }
    }

    /** The level of the subject; if it has none of its own, that of the registry. */
    private static String level(SchemaRegistryClient client, String subject) throws IOException, RestClientException {
        var own = ownLevel(client, subject);
        return own.isPresent() ? own.get() : client.getCompatibility(null);
    }

    private static Optional<String> ownLevel(SchemaRegistryClient client, String subject)
            throws IOException, RestClientException {
        try {
            return Optional.of(client.getCompatibility(subject));
        } catch (RestClientException e) {
            if (e.getErrorCode() == NO_LEVEL || e.getErrorCode() == NO_SUBJECT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Something that needs the registry. */
    private interface Task<T> {
        T run(SchemaRegistryClient client) throws IOException, RestClientException;
    }

    private <T> T with(Task<T> task) {
        var url = kafka.registry().getOrDefault("schema.registry.url", "");
        try (var client = kafka.registryClient()) {
            return task.run(client);
        } catch (RestClientException e) {
            throw new OperationFailedException(
                    "schema registry %s: %s (expected: one that permits this)".formatted(url, e.getMessage()), e);
        } catch (IOException e) {
            throw new OperationFailedException(
                    "schema registry %s: no answer (expected: a schema registry at schema-registry.url)".formatted(url),
                    e);
        }
    }
}
