package ipn.operations.find;

import ipn.decision.ApprovalPolicy;
import ipn.operations.explain.evidence.Sources;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import java.time.Clock;

/**
 * Finds payments, orders, dead letters and decisions by what a person names in a complaint. Reads only, the topics in full, and keeps only what
 * it found, up to a limit of each kind.
 */
public final class Find {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;
    private final ApprovalPolicy approval;
    private final Clock clock;

    /** @param approval which decisions need approval */
    public Find(KafkaSettings kafka, AvroSerdes serdes, ApprovalPolicy approval, Clock clock) {
        this.kafka = kafka;
        this.serdes = serdes;
        this.approval = approval;
        this.clock = clock;
    }

    /**
     * @param bodies whether to search the notifications that {@code ipn.raw} still has, too
     * @param limit at most so many of each kind
     */
    public Found find(Criteria criteria, boolean bodies, int limit, Progress progress) {
        try (var reader = TopicReader.open(kafka)) {
            var sources = new Sources(RecordSource.topics(kafka, serdes), reader, progress);
            return new FindRun(sources, approval, criteria, limit, clock.instant()).run(bodies);
        }
    }
}
