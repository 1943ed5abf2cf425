package ipn.operations.find;

import ipn.decision.ApprovalPolicy;
import ipn.operations.explain.evidence.Sources;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import java.time.Clock;

/**
 * Finds payments, orders, dead letters and decisions by what a person names in a complaint. Reads only: the topics in full, or what an index
 * finds. Keeps only what it found, up to a limit of each kind.
 */
public final class Find {
    private final RecordSource source;
    private final ApprovalPolicy approval;
    private final Clock clock;

    /** @param approval which decisions need approval */
    public Find(RecordSource source, ApprovalPolicy approval, Clock clock) {
        this.source = source;
        this.approval = approval;
        this.clock = clock;
    }

    /**
     * @param bodies whether to search the notifications that {@code ipn.raw} still has, too, all of them
     * @param limit at most so many of each kind
     */
    public Found find(Criteria criteria, boolean bodies, int limit, Progress progress) {
        try (var reader = source.open()) {
            var sources = new Sources(source, reader, progress);
            return new FindRun(sources, approval, criteria, limit, clock.instant()).run(bodies);
        }
    }
}
