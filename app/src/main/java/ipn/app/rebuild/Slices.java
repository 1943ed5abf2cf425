package ipn.app.rebuild;

import ipn.operations.topic.OffsetRanges;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Divides history into slices of time. All tasks finish a slice before the next one begins, so no task is ahead of another by more than that: at
 * most an hour, and less where there are many records. A time without any record is one slice.
 */
final class Slices {
    static final long RECORDS_MAX = 10_000;
    static final Duration SPAN_MAX = Duration.ofHours(1);
    private static final Duration SPAN_MIN = Duration.ofMillis(1);

    private final Instant until;
    private final Function<Instant, OffsetRanges> rangesUpTo;
    private final Supplier<Optional<Instant>> nextRecord;
    private Duration span = SPAN_MAX;

    /**
     * @param rangesUpTo what is left to copy up to a time
     * @param nextRecord time of the first record that is left
     */
    Slices(Instant until, Function<Instant, OffsetRanges> rangesUpTo, Supplier<Optional<Instant>> nextRecord) {
        this.until = until;
        this.rangesUpTo = rangesUpTo;
        this.nextRecord = nextRecord;
    }

    /** A part of history. */
    record Slice(Instant end, OffsetRanges ranges) {}

    /** The slice that begins at a time, which is before the end. */
    Slice next(Instant at) {
        var slice = slice(at.plus(span));
        if (slice.ranges().length() == 0) {
            var quiet = nextRecord.get().map(time -> time.minusMillis(1)).orElse(until);
            return quiet.isAfter(slice.end()) ? slice(quiet) : slice;
        }
        while (slice.ranges().length() > RECORDS_MAX && span.compareTo(SPAN_MIN) > 0) {
            span = span.dividedBy(2);
            slice = slice(at.plus(span));
        }
        if (slice.ranges().length() < RECORDS_MAX / 2) {
            var longer = span.multipliedBy(2);
            span = longer.compareTo(SPAN_MAX) < 0 ? longer : SPAN_MAX;
        }
        return slice;
    }

    private Slice slice(Instant end) {
        var bounded = end.isBefore(until) ? end : until;
        return new Slice(bounded, rangesUpTo.apply(bounded));
    }
}
