package ipn.lookup;

import ipn.gateway.RateLimit;
import ipn.http.Unreachable;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** A number of look-ups at once and per second. Thread-safe. */
final class Share {
    private final String whose;
    private final int inFlightMax;
    private final int perSecond;
    private final RateLimit rate;
    private final AtomicInteger inFlight = new AtomicInteger();

    /**
     * @param whose the deliveries that it is for, for the log
     * @param part divides both limits; each stays at least 1
     */
    Share(String whose, int inFlightMax, int perSecond, int part) {
        this.whose = whose;
        this.inFlightMax = Math.max(1, inFlightMax / part);
        this.perSecond = Math.max(1, perSecond / part);
        this.rate = RateLimit.of(this.perSecond);
    }

    /** Takes a place, which {@link #leave()} gives back. */
    void enter(Instant now) throws Unreachable {
        if (inFlight.incrementAndGet() > inFlightMax) {
            inFlight.decrementAndGet();
            throw new Unreachable(
                    "already %d look-ups in flight %s (see fetch-in-flight)".formatted(inFlightMax, whose));
        }
        if (!rate.allows(now)) {
            inFlight.decrementAndGet();
            throw new Unreachable(
                    "more than %d look-ups a second %s (see fetch-per-second)".formatted(perSecond, whose));
        }
    }

    void leave() {
        inFlight.decrementAndGet();
    }
}
