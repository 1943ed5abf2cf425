package ipn.projector.catalogue;

import java.time.Period;
import java.util.Optional;

/**
 * What a product may be sold with.
 *
 * @param discounts of the gateway
 * @param trial the longest trial; empty: none that a payer could have written, any that the merchant set at the gateway
 */
public record Offers(Discounts discounts, Optional<Period> trial) {
    public static final Offers USUAL = new Offers(Discounts.ANY, Optional.empty());
}
