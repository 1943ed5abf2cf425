package ipn.projector.catalogue;

import java.time.Duration;
import java.time.Instant;

/**
 * When the price of a charge was agreed on.
 *
 * @param at by the gateway's clock
 * @param mayBeOlder a charge of a subscription that is not known to be its first: gateways renew a subscription at the price with
 *     which it began, however long ago
 */
public record PriceTime(Instant at, boolean mayBeOlder) {

    /** @param overlap how long a price is still accepted after it was replaced, because a checkout may have been open */
    Prices of(Product product, Duration overlap) {
        return product.prices().within(mayBeOlder ? Instant.MIN : at.minus(overlap), at);
    }
}
