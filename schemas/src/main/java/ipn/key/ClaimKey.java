package ipn.key;

import java.util.Optional;

/**
 * Which claim of a payment key. A payment key can make claims by its money, and as a subscription one for each entitlement that it
 * sells; a claim made at an order differs from a claim made without it, so that moving from one to the other disturbs neither.
 * Written as the charge key, then {@code subscription <entitlement>}, then {@code order <order id>}, as far as they apply.
 *
 * @param subscription entitlement, only for a claim of the subscription itself: a change of the product of an entitlement keeps the
 *     key
 * @param order the order whose terms apply
 */
public record ClaimKey(ChargeKey charge, Optional<String> subscription, Optional<OrderId> order) {
    /** The key of a claim of credited time of a product: the key of the money, then {@code credited <product>}. */
    public static String credited(String claimKey, String product) {
        return claimKey + " credited " + KeyFormat.betweenSpaces(product);
    }

    /** The key of a claim that a person transferred: the key that it has for the other subject, then {@code from <subject>}. */
    public static String transferred(String claimKey, String from) {
        return claimKey + " from " + KeyFormat.betweenSpaces(from);
    }

    @Override
    public String toString() {
        return charge
                + subscription
                        .map(entitlement -> " subscription " + KeyFormat.betweenSpaces(entitlement))
                        .orElse("")
                + order.map(id -> " order " + KeyFormat.betweenSpaces(id.value()))
                        .orElse("");
    }
}
