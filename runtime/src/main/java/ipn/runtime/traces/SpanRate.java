package ipn.runtime.traces;

import java.util.concurrent.TimeUnit;

/**
 * Bounds the spans of a second. Half of them is kept for the share of all traces that the settings name, so that a storm of failures does not
 * hide how the rest is doing. Thread-safe.
 */
final class SpanRate {
    private final int perSecond;
    private long second = Long.MIN_VALUE;
    private int all;
    private int others;

    SpanRate(int perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * Counts a span.
     *
     * @param ofShare whether its trace is among that share
     * @return false, and it is not counted, if it is one too many
     */
    synchronized boolean allows(boolean ofShare, long nanos) {
        var now = Math.floorDiv(nanos, TimeUnit.SECONDS.toNanos(1));
        if (now != second) {
            second = now;
            all = 0;
            others = 0;
        }
        if (all >= perSecond || !ofShare && others >= perSecond / 2) {
            return false;
        }
        all++;
        others += ofShare ? 0 : 1;
        return true;
    }
}
