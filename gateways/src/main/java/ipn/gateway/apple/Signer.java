package ipn.gateway.apple;

import java.security.PublicKey;
import java.time.Instant;

/**
 * A public key certified by Apple.
 *
 * @param from start of the period in which both certificates are valid
 * @param until end of that period
 * @param id safe to display
 */
record Signer(PublicKey key, Instant from, Instant until, String id) {
    boolean validAt(Instant time) {
        return !time.isBefore(from) && !time.isAfter(until);
    }
}
