package ipn.runtime.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** How often each caller may ask: so many times a second, in bursts of one second (GCRA). Thread-safe. */
final class CallRates {
    private static final int CALLERS_MAX = 10_000;
    private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long interval;
    /** When each caller would be idle again. */
    private final Cache<String, Long> idleAt =
            Caffeine.newBuilder().maximumSize(CALLERS_MAX).build();

    CallRates(int perSecond) {
        interval = BURST_NANOS / perSecond;
    }

    /** Counts one question, if it is allowed. */
    boolean allows(String caller, long nowNanos) {
        var allowed = new AtomicBoolean();
        idleAt.asMap().compute(caller, (key, known) -> {
            var from = known == null || known - nowNanos < 0 ? nowNanos : known;
            allowed.set(from - nowNanos <= BURST_NANOS - interval);
            return allowed.get() ? from + interval : from;
        });
        return allowed.get();
    }
}
