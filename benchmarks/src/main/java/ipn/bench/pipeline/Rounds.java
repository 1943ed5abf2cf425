package ipn.bench.pipeline;

import ipn.bench.load.RoundTags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs rounds of both sides, each with ids of its own. */
final class Rounds {

    private final Candidate candidate;
    private final Baseline baseline;
    private final Meter meter;
    private final RoundTags tags = new RoundTags("p");
    private final long seed;
    private final List<String> differences = new ArrayList<>();
    private SortedMap<String, Double> idle = new TreeMap<>();
    private @Nullable RawRecords raw;

    /** @param seed of the order of notifications; each round has another order */
    Rounds(Candidate candidate, Baseline baseline, Meter meter, long seed) {
        this.candidate = candidate;
        this.baseline = baseline;
        this.meter = meter;
        this.seed = seed;
    }

    /** One round of each side, in this order, the candidate first if it is the first pair: the baseline sends the raw records of the last candidate. */
    Map<Side, Round> pair(List<Side> order, int notifications) throws Exception {
        var pair = new LinkedHashMap<Side, Round>();
        for (var side : order) {
            var round = (side == Side.CANDIDATE ? candidate(notifications) : baseline()).withDelayed(idle);
            System.err.printf(
                    Locale.ROOT,
                    "%s: %,d notifications, %.1f s, %.0f per second%n",
                    side.label(),
                    round.notifications(),
                    round.seconds(),
                    round.rate());
            pair.put(side, round);
        }
        return pair;
    }

    /** Measures the processor time of each process in one second in which nothing is sent; what is delayed on purpose costs what exceeds it. */
    SortedMap<String, Double> measureIdle() throws InterruptedException {
        idle = meter.idle();
        return idle;
    }

    private Round candidate(int notifications) throws Exception {
        var result = candidate.run(notifications, tags.next(), seed + tags.started());
        raw = result.raw();
        differences.addAll(result.differences());
        return result.round();
    }

    private Round baseline() throws Exception {
        if (raw == null) {
            throw new IllegalStateException("baseline: no raw records (expected: a round of the candidate before)");
        }
        return baseline.run(raw.to(PassThrough.INPUT, tags.next()), candidate.rate(), meter, differences);
    }

    /** Everything that differs from what was expected, so far. */
    List<String> differences() {
        return differences;
    }
}
