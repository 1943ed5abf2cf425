package ipn.processor.payment;

import ipn.avro.FactKind;
import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Money;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The effect of one dispute on the money of its payment. A dispute without an amount is about all that the payment captured and
 * did not refund.
 *
 * @param status CLOSED for a dispute that was settled by refunds
 * @param amounts minor units by currency that are held back or lost; empty unless the dispute is OPEN or LOST
 */
record DisputeEffect(DisputeStatus status, SortedMap<String, Long> amounts) {
    /** A gateway may report the refund that settles a dispute shortly after the end of the dispute. */
    private static final Duration REPORTED_LATE = Duration.ofDays(1);

    static List<DisputeEffect> of(Payment payment) {
        return payment.facts().values().stream()
                .filter(known -> known.fact() instanceof Fact.Dispute)
                .map(known -> of(payment, known))
                .toList();
    }

    private static DisputeEffect of(Payment payment, VersionedFact known) {
        var dispute = (Fact.Dispute) known.fact();
        if (dispute.status() != DisputeStatus.OPEN && dispute.status() != DisputeStatus.LOST) {
            return new DisputeEffect(dispute.status(), new TreeMap<>());
        }
        var amounts = dispute.amount()
                .map(amount -> new TreeMap<>(Map.of(amount.currency(), amount.minorUnits())))
                .orElseGet(() -> unrefunded(payment, dispute.id()));
        if (!dispute.settledByRefund()) {
            return new DisputeEffect(dispute.status(), amounts);
        }
        amounts.replaceAll((currency, amount) -> unsettled(payment, known, new Money(amount, currency)));
        return amounts.values().stream().allMatch(amount -> amount == 0)
                ? new DisputeEffect(DisputeStatus.CLOSED, new TreeMap<>())
                : new DisputeEffect(dispute.status(), amounts);
    }

    /** All that was captured, less what was refunded; of several captures the one with the id of the dispute, if there is one. */
    private static TreeMap<String, Long> unrefunded(Payment payment, String id) {
        var captures = RefundsInFull.captures(payment);
        var own = captures.stream()
                .filter(each -> captures.size() > 1 && each.id().equals(id))
                .map(Fact.Captured::amount)
                .findFirst();
        if (own.isPresent()) {
            return new TreeMap<>(Map.of(own.get().currency(), own.get().minorUnits()));
        }
        var amounts = RefundsInFull.captured(payment);
        Totals.refunds(payment)
                .forEach((currency, refunded) ->
                        amounts.computeIfPresent(currency, (key, amount) -> Math.max(0, amount - refunded)));
        return amounts;
    }

    /** What refunds since the opening of the dispute leave of it, and no more than what all refunds leave of the payment. */
    private static long unsettled(Payment payment, VersionedFact dispute, Money amount) {
        var last = dispute.version().occurredAt().plus(REPORTED_LATE);
        var settled = payment.facts().values().stream()
                .filter(known -> known.fact() instanceof Fact.Refund refund
                        && refund.status().counts())
                .filter(known -> !known.firstAt().isBefore(dispute.firstAt()))
                .filter(known -> isOpen(dispute) || !known.firstAt().isAfter(last))
                .mapToLong(known -> settledBy((Fact.Refund) known.fact(), amount))
                .sum();
        settled = Math.max(settled, total(payment, dispute.fact().id(), amount.currency()));
        var captured = RefundsInFull.captured(payment).getOrDefault(amount.currency(), 0L);
        var remaining = captured - Totals.refunds(payment).getOrDefault(amount.currency(), 0L);
        var unsettled = Math.max(0, amount.minorUnits() - settled);
        return captured > 0 ? Math.min(unsettled, Math.max(0, remaining)) : unsettled;
    }

    /** A refund in full without an amount settles the whole dispute. */
    private static long settledBy(Fact.Refund refund, Money disputed) {
        return refund.amount()
                .map(amount -> amount.currency().equals(disputed.currency()) ? amount.minorUnits() : 0)
                .orElse(disputed.minorUnits());
    }

    /** The refunds of the capture with the id of the dispute, as the gateway added them up. */
    private static long total(Payment payment, String id, String currency) {
        var known = payment.facts().get(new FactKey(FactKind.REFUND_TOTAL, id));
        return known != null
                        && known.fact() instanceof Fact.RefundTotal total
                        && total.amount().currency().equals(currency)
                ? total.amount().minorUnits()
                : 0;
    }

    private static boolean isOpen(VersionedFact dispute) {
        return ((Fact.Dispute) dispute.fact()).status() == DisputeStatus.OPEN;
    }
}
