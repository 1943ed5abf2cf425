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
 * Others who buy at a fixed rate, whatever else goes on.
 *
 * @param grantedAt when the grant could be read, in {@link System#nanoTime()} by event key; filled by whoever reads
 * @param perSecond 1 or more
 */
record Purchases(FalseRefunds gateway, Map<String, Long> grantedAt, int perSecond) {
    Purchases {
        if (perSecond < 1) {
            throw new IllegalArgumentException("--purchases: %d (expected: 1 or more)".formatted(perSecond));
        }
    }

    /**
     * Some that were made one after another.
     *
     * @param phase part of the users' names
     * @param readableMicros from sending a purchase to reading its grant
     * @param missing never granted
     */
    record Made(String phase, double seconds, Histogram readableMicros, int missing) {
        /** Adds its figures to a report. */
        void tell(Map<String, Object> report) {
            report.put(phase + "Seconds", seconds);
            report.put(phase + "GrantReadableMillis", LoadCommand.percentiles(readableMicros));
        }
    }

    /**
     * Buys, then waits until all is granted.
     *
     * @param goesOn asked before each purchase, with how many there were
     */
    Made make(String phase, IntPredicate goesOn) {
        var began = System.nanoTime();
        var bought = 0;
        while (goesOn.test(bought)) {
            gateway.paid(phase, bought);
            bought++;
            var due = began + TimeUnit.SECONDS.toNanos(1) * bought / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
        gateway.flush();
        var seconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 1000.0;
        var keys = IntStream.range(0, bought)
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
        return new Made(phase, seconds, micros, missing);
    }
}
