package ipn.bench.ingress;

import ipn.bench.generator.LoadPlan.Phase;
import ipn.bench.generator.Outcomes;
import ipn.bench.generator.Outcomes.Statuses;
import java.util.ArrayList;
import java.util.List;

/**
 * One overload: a quiet phase at half of the rate that is sustained, a phase at that rate, the overload, and a quiet phase again.
 *
 * @param phases these four
 */
record Overload(List<Phase> phases, Outcomes outcomes) {
    private static final int QUIET_SECONDS = 10;
    private static final int AFTER_SECONDS = 20;
    /** The first seconds of a run are slower: connections are new, and caches cold. */
    private static final int SKIPPED_SECONDS = 2;

    private static final double MICROS_PER_MILLI = 1000;

    /** @param sustained calls per second */
    static List<Phase> phases(int sustained, double times, int seconds) {
        return List.of(
                new Phase(sustained / 2, QUIET_SECONDS),
                new Phase(sustained, QUIET_SECONDS),
                new Phase((int) (sustained * times), seconds),
                new Phase(sustained / 2, AFTER_SECONDS));
    }

    /** When a phase begins, in seconds after the first call. */
    double begin(int phase) {
        return phases.stream().limit(phase).mapToDouble(Phase::seconds).sum();
    }

    private double end(int phase) {
        return begin(phase) + phases.get(phase).seconds();
    }

    /** Acknowledged calls per second at the rate that is sustained. */
    double sustained() {
        return perSecond(Statuses.ACKNOWLEDGED, begin(1), end(1));
    }

    /** Acknowledged calls per second during the overload. */
    double goodput() {
        return perSecond(Statuses.ACKNOWLEDGED, begin(2), end(2));
    }

    /** Refused calls per second during the overload. */
    double refusals() {
        return perSecond(Statuses.REFUSED, begin(2), end(2));
    }

    private double perSecond(Statuses which, double from, double until) {
        return outcomes.answered(which, from, until) / (until - from);
    }

    /** Of the calls that were due during the overload: milliseconds until a response with such a status. */
    double overloadMillis(Statuses which, double percentile) {
        return outcomes.micros(which, begin(2), end(2)).getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }

    /** Seconds until latencies are as before. */
    int recoverySeconds() {
        var before = p99PerSecond((int) begin(0) + SKIPPED_SECONDS, (int) end(0));
        return Recovery.seconds(before, p99PerSecond((int) begin(3), (int) end(3)));
    }

    private List<Double> p99PerSecond(int from, int until) {
        var all = new ArrayList<Double>();
        for (var second = from; second < until; second++) {
            all.add(outcomes.micros(Statuses.ACKNOWLEDGED, second, second + 1).getValueAtPercentile(99)
                    / MICROS_PER_MILLI);
        }
        return all;
    }

    /** What happened in each second. */
    List<Second> seconds() {
        var all = new ArrayList<Second>();
        for (var second = 0; second < (int) end(3); second++) {
            all.add(new Second(
                    second,
                    outcomes.answered(Statuses.ACKNOWLEDGED, second, second + 1),
                    outcomes.answered(Statuses.REFUSED, second, second + 1),
                    outcomes.micros(Statuses.ACKNOWLEDGED, second, second + 1).getValueAtPercentile(99)
                            / MICROS_PER_MILLI));
        }
        return all;
    }

    /**
     * One second.
     *
     * @param p99Millis until the acknowledgement of the calls that were due in it
     */
    record Second(int second, int acknowledged, int refused, double p99Millis) {}
}
