package ipn.bench.twin;

import ipn.bench.load.RoundTags;
import ipn.bench.pipeline.Side;
import ipn.simulator.Sender;
import java.util.Map;

/** Both systems, and the tags of their rounds. */
final class Contenders {

    private final Contender pipeline;
    private final Contender twin;
    private final Map<String, Sender> senders;
    private final RoundTags tags = new RoundTags("t");
    private final long seed;

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
        return SentRound.prepare(contender, notifications, tags.next(), seed + tags.started(), senders);
    }
}
