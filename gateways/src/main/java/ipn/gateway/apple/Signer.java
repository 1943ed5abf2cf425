package ipn.gateway.apple;

import java.security.PublicKey;
import java.time.Instant;

/**
 * A key that Apple vouches for.
 *
 * @param from both certificates are valid from here
 * @param until the first of them ends here
 * @param id fit to be shown
 */
record Signer(PublicKey key, Instant from, Instant until, String id) {
    boolean validAt(Instant time) {
        return !time.isBefore(from) && !time.isAfter(until);
    }
}
