package ipn.projector.catalogue;

import ipn.avro.DecisionKind;
import ipn.avro.DiscrepancyKind;
import ipn.decision.DiscrepancyOptions;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What money that matches, or does not, means for access.
 *
 * @param grants kinds of discrepancy in spite of which money grants; money without a discrepancy always does
 * @param orderRequired gateways, or gateway/account, whose one-off payments must name an order; payments of others may name one,
 *     and else are compared with the catalogue
 * @param priceOverlap how long a price is still accepted after it was replaced, because a checkout may have been open
 * @param approval kinds of decisions that count only once somebody else has approved them
 */
public record Policy(
        Set<DiscrepancyKind> grants, Set<String> orderRequired, Duration priceOverlap, Set<DecisionKind> approval) {
    static final Duration PRICE_OVERLAP_DEFAULT = Duration.ofHours(1);
    static final Duration PRICE_OVERLAP_MAX = Duration.ofDays(7);

    /** What {@code policy.grants} may name besides MATCHED: test money, or money for nobody or nothing, never grants. */
    static final Set<DiscrepancyKind> GRANTABLE = Stream.of(DiscrepancyKind.values())
            .filter(DiscrepancyOptions::isAcceptable)
            .collect(Collectors.toUnmodifiableSet());

    public static final Policy DEFAULT =
            new Policy(Set.of(DiscrepancyKind.OVERPAID, DiscrepancyKind.UNKNOWN_AMOUNT), Set.of());

    public Policy {
        grants = Set.copyOf(grants);
        orderRequired = Set.copyOf(orderRequired);
        approval = Set.copyOf(approval);
    }

    /** With the default overlap of prices, and without approvals. */
    public Policy(Set<DiscrepancyKind> grants, Set<String> orderRequired) {
        this(grants, orderRequired, PRICE_OVERLAP_DEFAULT, Set.of());
    }

    /** Whether money with such a discrepancy grants. */
    public boolean grants(DiscrepancyKind kind) {
        return grants.contains(kind);
    }

    /** Whether one-off payments of an account must name an order. */
    public boolean requiresOrder(String gateway, String account) {
        return orderRequired.contains(gateway) || orderRequired.contains(gateway + "/" + account);
    }
}
