package ipn.projector.allocation;

import ipn.avro.DiscrepancyKind;
import ipn.avro.DisputeStatus;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A payment key that payments pay, such as an invoice, and that the gateway has not reported. Its money claims nothing, because period and
 * price are unknown. If it does not name a subject and a product either, that is a discrepancy after a while, and until the invoice is reported.
 */
final class UnreportedInvoice {
    /** Amounts are not compared before the invoice is known. */
    private static final Set<DiscrepancyKind> KNOWN_BEFORE = EnumSet.of(
            DiscrepancyKind.WRONG_MODE,
            DiscrepancyKind.NO_SUBJECT,
            DiscrepancyKind.NO_PRODUCT,
            DiscrepancyKind.UNKNOWN_PRODUCT,
            DiscrepancyKind.NO_SCOPE);

    /** A payment is often reported some seconds before its invoice. */
    static final Duration REPORTED_WITHIN = Duration.ofHours(1);

    private UnreportedInvoice() {}

    /** When it should have been reported, by our clock; empty if it is, or if no payment pays it. */
    static Optional<Instant> nextCheck(PaymentAllocation allocation, AllocationTargets targets, Instant now) {
        return allocation.getOwn() != null
                        || !targets.isItself()
                        || allocation.getPaidBy().isEmpty()
                ? Optional.empty()
                : Optional.of(Objects.requireNonNullElse(allocation.getNextCheck(), now.plus(REPORTED_WITHIN)));
    }

    /** @param paidBy the payments that pay it, at least one */
    static MatchResult match(PriceMatcher matcher, String paymentKey, Collection<PaymentState> paidBy) {
        var unknown = matcher.match(placeholder(paymentKey, paidBy), paidBy).discrepancies().stream()
                .filter(open -> KNOWN_BEFORE.contains(open.mismatch().kind()))
                .toList();
        return new MatchResult(List.of(), unknown, Map.of());
    }

    private static PaymentState placeholder(String paymentKey, Collection<PaymentState> paidBy) {
        var payer = paidBy.iterator().next();
        return PaymentState.newBuilder()
                .setPaymentKey(paymentKey)
                .setGateway(payer.getGateway())
                .setAccount(payer.getAccount())
                .setLive(paidBy.stream().anyMatch(PaymentState::getLive))
                .setStatus(PaymentStatus.UNKNOWN)
                .setDisputeStatus(DisputeStatus.NONE)
                .setFraudFlagged(false)
                .setTotals(List.of())
                .setReferences(Map.of())
                .setFacts(List.of())
                .setEvents(List.of())
                .build();
    }
}
