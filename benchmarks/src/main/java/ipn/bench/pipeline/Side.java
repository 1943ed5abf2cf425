package ipn.bench.pipeline;

import java.util.ArrayList;
import java.util.List;

/** What a round measures. */
enum Side {
    CANDIDATE,
    BASELINE;

    /** The process that generates the load. */
    static final String LOAD = "load";

    private static final String BROKER = "broker";

    /** The rounds of a number of pairs: A B, B A, A B ... so that neither side is always the first of its pair. */
    static List<List<Side>> pairs(int count) {
        var pairs = new ArrayList<List<Side>>();
        for (var pair = 0; pair < count; pair++) {
            pairs.add(pair % 2 == 0 ? List.of(CANDIDATE, BASELINE) : List.of(BASELINE, CANDIDATE));
        }
        return pairs;
    }

    /** Whether the processor time of a process is a part of the cost of this side. The broker serves both; the load is a part of neither. */
    boolean counts(String process) {
        return process.equals(BROKER)
                || (this == BASELINE) == process.equals(BASELINE.label()) && !process.equals(LOAD);
    }

    /** The name in reports. */
    String label() {
        return this == CANDIDATE ? "candidate" : "baseline";
    }
}
