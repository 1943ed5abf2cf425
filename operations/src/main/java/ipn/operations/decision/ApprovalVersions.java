package ipn.operations.decision;

import ipn.avro.CatalogueVersion;
import ipn.avro.DecisionKind;
import ipn.decision.ApprovalPolicy;
import ipn.decision.DecisionLimits;
import ipn.decision.VersionsInForce;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which decisions need approval, as the projector judges it: by the version of the catalogue that was in force when they were made.
 *
 * @param versions at least one, oldest first; the oldest was in force since ever
 */
public record ApprovalVersions(List<Version> versions) implements ApprovalPolicy {
    /** Kinds that need approval, since a time. */
    private record Version(Instant from, Set<DecisionKind> approval) {}

    public ApprovalVersions {
        versions = List.copyOf(versions);
    }

    /**
     * Reads the topic of catalogues, which is small.
     *
     * @return empty while no projector has started
     */
    public static Optional<ApprovalPolicy> read(TopicReader reader, AvroSerdes serdes, String topic) {
        var records = new ArrayList<CatalogueVersion>();
        try (var values = serdes.deserializer(CatalogueVersion.class)) {
            reader.read(
                    reader.all(topic),
                    "reading " + topic,
                    Progress.SILENT,
                    record -> AvroValues.read(record, values).ifPresent(records::add));
        }
        return records.isEmpty() ? Optional.empty() : Optional.of(of(records));
    }

    /** Of the records of the topic, in their order. */
    static ApprovalPolicy of(List<CatalogueVersion> records) {
        var versions = new ArrayList<Version>();
        var last = Instant.MIN;
        for (var each : VersionsInForce.of(records)) {
            last = each.getFrom().isBefore(last) ? last : each.getFrom();
            versions.add(new Version(
                    last, DecisionLimits.from(Settings.parse(each.getText())).approval()));
        }
        return new ApprovalVersions(versions);
    }

    @Override
    public boolean requires(DecisionKind kind, Instant at) {
        var index = versions.size() - 1;
        while (index > 0 && versions.get(index).from().isAfter(at)) {
            index--;
        }
        return versions.get(index).approval().contains(kind);
    }
}
