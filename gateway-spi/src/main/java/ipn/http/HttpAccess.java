package ipn.http;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The allowed URLs, the trust and the limits of an account's HTTP requests. All values come from code and settings, none from a
 * notification; {@link HttpSettings} reads them.
 *
 * @param route the allowed URLs
 * @param trust replaces the default certificate authorities, if configured
 * @param timeout from the request to the complete response, above zero
 * @param inFlightMax maximum number of concurrent requests, at least 1; further requests fail with {@link Unreachable}
 */
public record HttpAccess(Route route, Optional<SSLContext> trust, Duration timeout, int inFlightMax) {
    public HttpAccess {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout: %s (expected: longer than zero)".formatted(timeout));
        }
        if (inFlightMax < 1) {
            throw new IllegalArgumentException("inFlightMax: %d (expected: 1 or more)".formatted(inFlightMax));
        }
    }
}
