package ipn.bench.twin;

import ipn.bench.load.RunTag;
import ipn.bench.pipeline.Side;
import ipn.simulator.Sender;
import java.util.Map;

/** Both systems, and the tags of their rounds. */
final class Contenders {

    private final Contender pipeline;
    private final Contender twin;
    private final Map<String, Sender> senders;
    private final String run = RunTag.now();
    private final long seed;
    private int started;

    /** @param seed of the order of notifications; each round has another order */
    Contenders(Contender pipeline, Contender twin, Map<String, Sender> senders, long seed) {
        this.pipeline = pipeline;
        this.twin = twin;
        this.senders = Map.copyOf(senders);
        this.seed = seed;
    }

    Contender get(Side side) {
        return side == Side.CANDIDATE ? pipeline : twin;
    }

    /** Signs the notifications of a round with ids of its own. */
    SentRound prepare(Contender contender, int notifications) {
        started++;
        var tag = "t" + run + RunTag.round(started);
        return SentRound.prepare(contender, notifications, tag, seed + started, senders);
    }
}
