package ipn.lookup;

import ipn.gateway.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** What one client did lately. Thread-safe. */
final class Client {
    private static final Duration PROVEN_FOR = Duration.ofDays(1);
    private static final Duration DENIED_FOR = Duration.ofMinutes(10);
    private static final int PER_SECOND = 1;
    private static final int BURST = 10;

    /** What the log shows of a client above its limit. */
    static final String LIMIT = "more than %d look-ups, then %d a second, of a client without an authentic delivery"
            .formatted(BURST, PER_SECOND);

    private final RateLimit rate = new RateLimit(PER_SECOND, BURST, 0);
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile Instant provenUntil = Instant.MIN;
    private volatile Instant deniedUntil = Instant.MIN;

    /** Whether its latest look-ups found authentic deliveries. */
    boolean isProven(Instant now) {
        return now.isBefore(provenUntil);
    }

    /** Whether a delivery of it was found not to be the gateway's. */
    boolean isDenied(Instant now) {
        return now.isBefore(deniedUntil);
    }

    /** Whether it may cause one more look-up; limits clients that are not proven. */
    boolean allows(Instant now) {
        return isProven(now) || rate.allows(now);
    }

    AtomicInteger inFlight() {
        return inFlight;
    }

    void prove(Instant now) {
        provenUntil = now.plus(PROVEN_FOR);
        deniedUntil = Instant.MIN;
    }

    void deny(Instant now) {
        provenUntil = Instant.MIN;
        deniedUntil = now.plus(DENIED_FOR);
        var unused = rate.allows(now); // a denial costs one look-up more
    }
}
