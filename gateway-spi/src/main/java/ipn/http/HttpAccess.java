package ipn.http;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Whom a gateway's account may ask, and how long it waits. All of it comes from code and settings, nothing from a notification;
 * {@link HttpSettings} reads it.
 *
 * @param route which URLs may be asked
 * @param trust whom to believe instead of the usual authorities, where that is configured
 * @param timeout from asking to the whole answer, above zero
 * @param inFlightMax requests at once, at least 1; above it nobody can say just now
 */
public record HttpAccess(Route route, Optional<SSLContext> trust, Duration timeout, int inFlightMax) {
    public HttpAccess {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout: %s (expected: more than nothing)".formatted(timeout));
        }
        if (inFlightMax < 1) {
            throw new IllegalArgumentException("inFlightMax: %d (expected: 1 or more)".formatted(inFlightMax));
        }
    }
}
