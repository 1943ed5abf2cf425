package ipn.bench.pipeline;

import ipn.bench.compare.Figure;
import ipn.bench.compare.Goal;
import ipn.bench.compare.Pairs;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of rounds at full speed, or at a fixed rate, with their goals.
 *
 * @param rate notifications per second; 0: full speed
 */
record Figures(Pairs<Side, Round> pairs, int rate) {
    /** At this rate and above, latencies have goals in milliseconds; below, ratios to those of the baseline have. */
    private static final int BUSY_RATE = 1000;

    private static final String CANDIDATE = Side.CANDIDATE.label();
    private static final String BASELINE = Side.BASELINE.label();
    private static final String RATIO = Figure.ratioOf(CANDIDATE, BASELINE);

    List<Figure> all() {
        var all = new ArrayList<Figure>();
        var rounds = rounds();
        if (rate > 0) {
            // at a slow rate, the processor time contains much that idle processes use
            all.addAll(latencies());
            all.addAll(List.of(rounds.speed(), rounds.cost()));
        } else {
            all.add(rounds.speed().withGoal(RATIO, Goal.atLeast(0.25, 0.6)));
            all.add(rounds.cost().withGoal(CANDIDATE, Goal.atMost(0.6, 0.25)));
        }
        all.addAll(rounds.processes());
        all.addAll(rounds.written());
        return all;
    }

    RoundFigures rounds() {
        return new RoundFigures(pairs, CANDIDATE, BASELINE);
    }

    private List<Figure> latencies() {
        var all = new ArrayList<Figure>();
        for (var percentile : List.of(50, 90, 99)) {
            all.add(rounds().acknowledgement(percentile));
            var readable = rounds().readable(percentile);
            all.add(percentile == 90 ? readable : withGoal(readable, percentile == 50));
        }
        return all;
    }

    private Figure withGoal(Figure readable, boolean median) {
        if (rate >= BUSY_RATE) {
            return readable.withGoal(CANDIDATE, median ? Goal.atMost(40, 25) : Goal.atMost(120, 75));
        }
        return readable.withGoal(RATIO, Goal.atMost(2, 1.3));
    }
}
