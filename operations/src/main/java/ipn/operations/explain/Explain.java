package ipn.operations.explain;

import ipn.decision.ApprovalPolicy;
import ipn.operations.explain.coverage.CoverageReport;
import ipn.operations.explain.coverage.CoverageRun;
import ipn.operations.explain.evidence.EvidenceReader;
import ipn.operations.explain.evidence.Question;
import ipn.operations.explain.evidence.Sources;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;

/** Explains why a subject has, or does not have, an entitlement. Reads only. */
public final class Explain {
    private final RecordSource source;
    private final String projector;
    private final ApprovalPolicy approval;

    /**
     * @param projector application id of the projector, with which the names of its changelogs begin
     * @param approval which decisions need approval
     */
    public Explain(KafkaSettings kafka, AvroSerdes serdes, String projector, ApprovalPolicy approval) {
        this(RecordSource.topics(kafka, serdes), projector, approval);
    }

    /** As above. */
    public Explain(RecordSource source, String projector, ApprovalPolicy approval) {
        this.source = source;
        this.projector = projector;
        this.approval = approval;
    }

    /**
     * Explains one subject. Without an index it reads all payments, orders and discrepancies, because none of these is keyed by subject.
     */
    public Explanation explain(Question question, Progress progress) {
        try (var reader = source.open()) {
            var sources = new Sources(source, reader, progress);
            return ExplanationBuilder.explain(
                    question, new EvidenceReader(sources, question, changelog(), approval).read());
        }
    }

    /** Checks for every entitlement event that it can be explained down to raw records that still exist. */
    public CoverageReport checkAll(int listedMax, Progress progress) {
        try (var reader = TopicReader.open(source.kafka())) {
            return new CoverageRun(new Sources(source, reader, progress), listedMax).run();
        }
    }

    /** The changelog of the store in which the projector keeps all claims. */
    private String changelog() {
        return projector + "-entitlement-claims-changelog";
    }
}
