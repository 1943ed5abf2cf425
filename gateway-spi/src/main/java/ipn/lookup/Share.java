package ipn.lookup;

import ipn.gateway.RateLimit;
import ipn.http.Unreachable;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A number of look-ups at once and per second, inside a larger one. Thread-safe. */
final class Share {
    private final Semaphore places;
    private final RateLimit rate;
    private final String tooManyAtOnce;
    private final String tooManyPerSecond;
    private final @Nullable Share outer;

    /**
     * @param whose the deliveries that it is for, for the log
     * @param part divides both limits; each stays at least 1
     * @param outer the share that it is a part of; null: none
     */
    Share(String whose, int inFlightMax, int perSecond, int part, @Nullable Share outer) {
        var ownInFlightMax = Math.max(1, inFlightMax / part);
        var ownPerSecond = Math.max(1, perSecond / part);
        this.places = new Semaphore(ownInFlightMax);
        this.rate = RateLimit.of(ownPerSecond);
        this.tooManyAtOnce = "already %d look-ups in flight %s (see fetch-in-flight)".formatted(ownInFlightMax, whose);
        this.tooManyPerSecond =
                "more than %d look-ups a second %s (see fetch-per-second)".formatted(ownPerSecond, whose);
        this.outer = outer;
    }

    /** Takes a place here and in the outer shares, which {@link #leave()} gives back. */
    void enter(Instant now) throws Unreachable {
        if (!places.tryAcquire()) {
            throw new Unreachable(tooManyAtOnce);
        }
        try {
            if (!rate.allows(now)) {
                throw new Unreachable(tooManyPerSecond);
            }
            if (outer != null) {
                outer.enter(now);
            }
        } catch (Unreachable e) {
            places.release();
            throw e;
        }
    }

    void leave() {
        places.release();
        if (outer != null) {
            outer.leave();
        }
    }
}
