package ipn.operations.explain;

import ipn.operations.explain.coverage.CoverageReport;
import ipn.operations.explain.coverage.CoverageRun;
import ipn.operations.explain.evidence.EvidenceReader;
import ipn.operations.explain.evidence.Question;
import ipn.operations.explain.evidence.Sources;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;

/** Explains why a subject has, or has not, what it may use. Reads only; leaves no trace. */
public final class Explain {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final String projector;

    /** @param projector application id of the projector: the topics it keeps for itself begin with it */
    public Explain(KafkaSettings kafka, AvroSerdes serdes, String projector) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.projector = projector;
    }

    /** Explains one subject. Payments, orders and discrepancies are not kept by subject, so all of them are looked at. */
    public Explanation of(Question question, Progress progress) {
        try (var reader = TopicReader.open(kafka)) {
            var sources = new Sources(kafka, serdes, reader, progress);
            return ExplanationBuilder.explain(question, new EvidenceReader(sources, question, changelog()).evidence());
        }
    }

    /** Explains every entitlement event that the topic has, down to raw records that exist. */
    public CoverageReport all(int listedMax, Progress progress) {
        try (var reader = TopicReader.open(kafka)) {
            return new CoverageRun(new Sources(kafka, serdes, reader, progress), listedMax).run();
        }
    }

    /** What the projector remembers of all claims. */
    private String changelog() {
        return projector + "-entitlement-claims-changelog";
    }
}
