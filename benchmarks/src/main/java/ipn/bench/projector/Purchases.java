package ipn.bench.projector;

import ipn.bench.load.LoadCommand;
import ipn.bench.measure.ProgressWait;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Writes purchases of other users at a fixed rate.
 *
 * @param grantedAt the time of the read of each grant by event key, by {@link System#nanoTime()}; a reader fills it
 * @param perSecond 1 or more
 */
record Purchases(FalseRefunds gateway, Map<String, Long> grantedAt, int perSecond) {
    Purchases {
        if (perSecond < 1) {
            throw new IllegalArgumentException("--purchases: %d (expected: 1 or more)".formatted(perSecond));
        }
    }

    /**
     * The result of one phase.
     *
     * @param phase part of the names of the users
     * @param readableMicros the time from sending a purchase to the read of its grant
     * @param missing the number of purchases without a grant
     */
    record Result(String phase, double seconds, Histogram readableMicros, int missing) {
        /** Adds the figures to a report. */
        void addTo(Map<String, Object> report) {
            report.put(phase + "Seconds", seconds);
            report.put(phase + "GrantReadableMillis", LoadCommand.percentiles(readableMicros));
        }
    }

    /**
     * Writes purchases, then waits until all are granted.
     *
     * @param proceed decides before each purchase, by the number of purchases so far
     */
    Result run(String phase, IntPredicate proceed) {
        var startedAt = System.nanoTime();
        var count = 0;
        while (proceed.test(count)) {
            gateway.paid(phase, count);
            count++;
            var due = startedAt + TimeUnit.SECONDS.toNanos(1) * count / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
        gateway.flush();
        var seconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt) / 1000.0;
        var keys = IntStream.range(0, count)
                .mapToObj(number -> FalseRefunds.paidKey(phase, number))
                .toList();
        var granted = grantedAt.keySet();
        ProgressWait.within(phase + ": all purchases are granted", () -> granted.containsAll(keys));
        var micros = new Histogram(3);
        var missing = 0;
        for (var key : keys) {
            var readable = grantedAt.get(key);
            if (readable == null) {
                missing++;
            } else {
                micros.recordValue(TimeUnit.NANOSECONDS.toMicros(
                        readable - gateway.sentAt().getOrDefault(key, readable)));
            }
        }
        return new Result(phase, seconds, micros, missing);
    }
}
