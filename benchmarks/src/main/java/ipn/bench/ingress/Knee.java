package ipn.bench.ingress;

import java.util.List;
import java.util.Optional;

/**
 * The highest rate that a server sustains: it acknowledges nearly all calls, and most of them soon.
 *
 * @param steps in the order of their rates
 * @param p99MillisMax what the 99th percentile of the time until the acknowledgement may be
 */
record Knee(List<Step> steps, double p99MillisMax) {
    private static final double ACKNOWLEDGED_SHARE = 0.99;

    /**
     * One rate.
     *
     * @param rate calls per second
     * @param acknowledgedShare of all calls
     */
    record Step(int rate, double acknowledgedShare, double p99Millis) {}

    Knee {
        steps = List.copyOf(steps);
    }

    boolean sustained(Step step) {
        return step.acknowledgedShare() >= ACKNOWLEDGED_SHARE && step.p99Millis() <= p99MillisMax;
    }

    /** The last rate before the first that is not sustained; empty if already the first is not. */
    Optional<Integer> rate() {
        return steps.stream().takeWhile(this::sustained).map(Step::rate).reduce((one, next) -> next);
    }
}
