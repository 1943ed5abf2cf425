package ipn.projector.allocation;

import java.util.Optional;

/**
 * What money is said to be for.
 *
 * @param order order id
 * @param product the word that names the product
 * @param reference what a scoped product is for
 */
public record References(
        Optional<String> order, Optional<String> subject, Optional<String> product, Optional<String> reference) {}
