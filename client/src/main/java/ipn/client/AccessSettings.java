package ipn.client;

import ipn.client.follow.RegistrySchemas;
import ipn.client.follow.SchemaSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a cache is opened.
 *
 * @param kafka settings of Kafka's consumer, {@code bootstrap.servers} among them, and how to authenticate
 * @param schemas where the schemas of records are found
 * @param topic {@code ipn.entitlement-state} unless the pipeline has another prefix
 * @param file in which the cache is kept, so that it starts with what it had; empty: it starts with nothing. One file is for one cache
 * @param partitions to follow, where several instances share the subjects; empty: all
 * @param rules what decisions mean as time passes
 * @param startTimeout how long {@link AccessCache#open} waits until everything is loaded
 * @param probeInterval how often the cache asks whether it has every committed record; its data is at most about twice as old
 * @param fileAgeMax an older file is not used, because deletions may be missing in the topic by now; below the topic's
 *     {@code delete.retention.ms}
 */
public record AccessSettings(
        Map<String, String> kafka,
        SchemaSource schemas,
        String topic,
        Optional<Path> file,
        Set<Integer> partitions,
        AccessRules rules,
        Duration startTimeout,
        Duration probeInterval,
        Duration fileAgeMax,
        Clock clock) {
    private static final AccessRules RULES = new AccessRules(Duration.ofHours(1), Duration.ofSeconds(5));

    public AccessSettings {
        kafka = Map.copyOf(kafka);
        partitions = Set.copyOf(partitions);
    }

    /**
     * Everything else by default: all partitions, nothing kept on disk.
     *
     * @param bootstrapServers of Kafka
     * @param registryUrl of the schema registry
     */
    public static AccessSettings of(String bootstrapServers, String registryUrl) {
        return of(Map.of("bootstrap.servers", bootstrapServers), RegistrySchemas.at(registryUrl));
    }

    /** As {@link #of(String, String)}, with any settings of Kafka's consumer and any source of schemas. */
    public static AccessSettings of(Map<String, String> kafka, SchemaSource schemas) {
        return new AccessSettings(
                kafka,
                schemas,
                "ipn.entitlement-state",
                Optional.empty(),
                Set.of(),
                RULES,
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                Duration.ofHours(12),
                Clock.systemUTC());
    }

    // spotless:off
    public AccessSettings withKafka(Map<String, String> to) {
        return new AccessSettings(to, schemas, topic, file, partitions, rules, startTimeout, probeInterval, fileAgeMax, clock);
    }

    public AccessSettings withTopic(String to) {
        return new AccessSettings(kafka, schemas, to, file, partitions, rules, startTimeout, probeInterval, fileAgeMax, clock);
    }

    public AccessSettings withFile(Path to) {
        return new AccessSettings(kafka, schemas, topic, Optional.of(to), partitions, rules, startTimeout, probeInterval, fileAgeMax, clock);
    }

    public AccessSettings withPartitions(Set<Integer> to) {
        return new AccessSettings(kafka, schemas, topic, file, to, rules, startTimeout, probeInterval, fileAgeMax, clock);
    }

    public AccessSettings withRules(AccessRules to) {
        return new AccessSettings(kafka, schemas, topic, file, partitions, to, startTimeout, probeInterval, fileAgeMax, clock);
    }

    public AccessSettings withStartTimeout(Duration to) {
        return new AccessSettings(kafka, schemas, topic, file, partitions, rules, to, probeInterval, fileAgeMax, clock);
    }

    public AccessSettings withProbeInterval(Duration to) {
        return new AccessSettings(kafka, schemas, topic, file, partitions, rules, startTimeout, to, fileAgeMax, clock);
    }

    public AccessSettings withClock(Clock to) {
        return new AccessSettings(kafka, schemas, topic, file, partitions, rules, startTimeout, probeInterval, fileAgeMax, to);
    }
    // spotless:on

    /** Without the values of Kafka's settings, because some are secrets. */
    @Override
    public String toString() {
        return "AccessSettings[%s, %s, %s]".formatted(topic, file, kafka.keySet());
    }
}
