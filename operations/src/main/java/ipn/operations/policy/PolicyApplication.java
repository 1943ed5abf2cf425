package ipn.operations.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.AppliedCatalogue;
import ipn.avro.AppliedCatalogues;
import ipn.avro.CatalogueVersion;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.operations.Operator;
import ipn.operations.decision.DecisionWriter;
import ipn.operations.policy.AppliedProgress.PartitionState;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.ExclusiveWriter;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.polling.Polling;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Applies a version of the catalogue to what was paid before: the projector matches all payments and orders again, some at a time. And puts a
 * version that was replaced back in force.
 */
public final class PolicyApplication {
    /** What all these decisions are about. */
    public static final String ABOUT = "catalogue";

    /** All versions are in one partition, so all readers have them in one order. */
    private static final int CATALOGUES_PARTITION = 0;

    private static final String STORE = "catalogues-applied";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final String changelog;
    private final Clock clock;

    /** @param projectorId application id of the projector */
    public PolicyApplication(KafkaSettings kafka, AvroSerdes serdes, String projectorId, Clock clock) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.changelog = projectorId + "-" + STORE + "-changelog";
        this.clock = clock;
    }

    /**
     * Writes the decision once into each partition, in one transaction.
     *
     * @param since from when on the version judges; empty: since ever
     * @param shown digest of the preview that the person saw; empty: none was shown
     */
    public Decision write(String version, Optional<Instant> since, Optional<String> shown, Operator who) {
        var decision = DecisionWriter.draft(DecisionKind.APPLY, DecisionTarget.CATALOGUE, ABOUT, who, clock.instant())
                .setPolicyVersion(version)
                .setSince(since.orElse(null))
                .setShown(shown.orElse(null))
                .build();
        DecisionWriter.verify(decision);
        var topic = kafka.topics().name(TopicCatalogue.DECISIONS);
        try (var writer = ExclusiveWriter.open(kafka, "decision-" + ABOUT);
                var values = serdes.serializer(Decision.class);
                var reader = TopicReader.open(kafka)) {
            var value = values.serialize(topic, decision);
            writer.write(IntStream.range(0, reader.partitions(topic).size())
                    .mapToObj(partition -> new ProducerRecord<>(topic, partition, ABOUT.getBytes(UTF_8), value))
                    .toList());
        }
        return decision;
    }

    /**
     * Puts a version back in force: writes the decision and the record of the version, in one transaction.
     *
     * @param older its first record
     * @param shown digest of the preview that the person saw; empty: none was shown
     */
    public Decision restore(CatalogueVersion older, Optional<String> shown, Operator who) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var decision = DecisionWriter.draft(DecisionKind.RESTORE, DecisionTarget.CATALOGUE, ABOUT, who, now)
                .setPolicyVersion(older.getVersion())
                .setShown(shown.orElse(null))
                .build();
        var again = CatalogueVersion.newBuilder(older)
                .setFrom(now)
                .setDecision(decision.getDecisionId())
                .build();
        var catalogues = kafka.topics().name(TopicCatalogue.CATALOGUES);
        try (var writer = ExclusiveWriter.open(kafka, "decision-" + ABOUT);
                var decisions = serdes.serializer(Decision.class);
                var versions = serdes.serializer(CatalogueVersion.class)) {
            writer.write(List.of(
                    DecisionWriter.record(kafka.topics().name(TopicCatalogue.DECISIONS), decisions, decision),
                    new ProducerRecord<>(
                            catalogues,
                            CATALOGUES_PARTITION,
                            again.getVersion().getBytes(UTF_8),
                            versions.serialize(catalogues, again))));
        }
        return decision;
    }

    /** How far it is now. */
    public AppliedProgress progress() {
        try (var reader = TopicReader.open(kafka)) {
            return AppliedProgress.of(
                    states(reader).values(), reader.partitions(changelog).size());
        }
    }

    /** Waits until all partitions have matched everything again, or until there is no progress for a minute. */
    public AppliedProgress await(Decision decision, long total, Progress progress) {
        try (var reader = TopicReader.open(kafka)) {
            var partitions = reader.partitions(changelog).size();
            var last = new AppliedProgress[] {AppliedProgress.of(states(reader).values(), partitions)};
            var unused = Polling.upTo(TIMEOUT)
                    .every(INTERVAL)
                    .until(
                            () -> {
                                var states = states(reader).values();
                                last[0] = AppliedProgress.of(states, partitions);
                                progress.at("applying", last[0].examined(), Math.max(total, last[0].examined()));
                                return isReceived(states, decision, partitions) && last[0].complete();
                            },
                            () -> last[0].examined());
            return isReceived(states(reader).values(), decision, partitions) ? last[0] : notReceived(last[0]);
        }
    }

    private static AppliedProgress notReceived(AppliedProgress last) {
        return new AppliedProgress(
                last.applied(), last.partitions(), 0, last.examined(), last.changed(), last.failed());
    }

    private static boolean isReceived(Collection<PartitionState> states, Decision decision, int partitions) {
        return states.size() == AppliedProgress.STATES * partitions
                && states.stream()
                        .allMatch(each -> each.state().getApplied().stream()
                                .map(AppliedCatalogue::getDecisionId)
                                .anyMatch(decision.getDecisionId()::equals));
    }

    private Map<String, PartitionState> states(TopicReader reader) {
        var states = new HashMap<String, PartitionState>();
        try (var values = serdes.deserializer(AppliedCatalogues.class)) {
            reader.read(
                    reader.all(changelog),
                    "reading " + changelog,
                    Progress.SILENT,
                    record -> AvroValues.read(record, values)
                            .ifPresent(state -> states.put(
                                    record.partition() + " " + new String(record.key(), UTF_8),
                                    new PartitionState(record.partition(), state))));
        }
        return states;
    }
}
