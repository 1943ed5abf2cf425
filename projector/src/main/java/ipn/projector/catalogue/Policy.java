package ipn.projector.catalogue;

import java.util.Set;

/**
 * What money that matches, or does not, means for access.
 *
 * @param grants kinds of {@link Mismatch} that grant all the same; money without a problem always does
 * @param orderRequired gateways, or gateway/account, whose one-off payments must name an order; others may, and else are
 *     compared with the catalogue
 */
public record Policy(Set<String> grants, Set<String> orderRequired) {
    /** What {@code policy.grants} may name besides MATCHED: test money, or money for nobody or nothing, never grants. */
    public static final Set<String> GRANTABLE = Set.of(
            Mismatch.OVERPAID,
            Mismatch.UNDERPAID,
            Mismatch.CURRENCY_MISMATCH,
            Mismatch.WRONG_ACCOUNT,
            Mismatch.UNKNOWN_ORDER,
            Mismatch.NO_ORDER,
            Mismatch.DUPLICATE_PAYMENT);

    public static final Policy DEFAULT = new Policy(Set.of(Mismatch.OVERPAID), Set.of());

    public Policy {
        grants = Set.copyOf(grants);
        orderRequired = Set.copyOf(orderRequired);
    }

    public boolean grants(Mismatch problem) {
        return grants.contains(problem.kind());
    }

    boolean requiresOrder(String gateway, String account) {
        return orderRequired.contains(gateway) || orderRequired.contains(gateway + "/" + account);
    }
}
