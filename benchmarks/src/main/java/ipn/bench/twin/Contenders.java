package ipn.bench.twin;

import ipn.bench.pipeline.Side;
import ipn.simulator.Sender;
import java.time.Instant;
import java.util.Map;

/** Both systems, and the tags of their rounds. */
final class Contenders {
    private static final int RADIX = 36;

    private final Contender pipeline;
    private final Contender twin;
    private final Map<String, Sender> senders;
    private final String run = Long.toString(Instant.now().getEpochSecond(), RADIX);
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
        var tag = "t" + run + (char) ('a' + started / RADIX) + Character.forDigit(started % RADIX, RADIX);
        return SentRound.prepare(contender, notifications, tag, seed + started, senders);
    }
}
