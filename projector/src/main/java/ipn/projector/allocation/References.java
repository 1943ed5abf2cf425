package ipn.projector.allocation;

import ipn.key.OrderId;
import ipn.key.SubjectId;
import java.util.Optional;

/**
 * Whom and what money is for, by the merchant's own words.
 *
 * @param product the word that names the product
 * @param reference what a scoped product is for
 */
public record References(
        Optional<OrderId> order, Optional<SubjectId> subject, Optional<String> product, Optional<String> reference) {
    /** None. */
    public static final References NONE =
            new References(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
