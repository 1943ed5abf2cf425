package ipn.projector.allocation;

import ipn.avro.Breakdown;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.Invoice;
import ipn.avro.InvoiceReason;
import ipn.avro.PaymentState;
import ipn.key.ClaimKey;
import ipn.projector.catalogue.CatalogueHistory;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes of plan within one payment key, as at the App Store: where the gateway reports that an invoice is for a switch, its period
 * replaces the rest of the period of another product in which it begins, whichever ends later. The rest is claimed as credited. A
 * renewal that is paid early replaces nothing, and neither does an additional item: products that are still items continue.
 *
 * @param switches invoices that are for a switch, by id
 * @param periods claims of periods, of all invoices
 * @param items products that the subscription is for; empty where the gateway does not report them
 * @param itemsAt when the gateway reported them
 */
record SwitchedPeriods(Set<String> switches, List<Claim.Builder> periods, Set<String> items, Instant itemsAt) {
    /** Renewals never begin within a period of another product, so an invoice of unknown reason that does is for a switch. */
    private static final Set<InvoiceReason> SWITCHES =
            EnumSet.of(InvoiceReason.SWITCH, InvoiceReason.SHARED, InvoiceReason.UNPRICED);

    /**
     * Claims of the time that was replaced.
     *
     * @param history has the products of the subscription's items
     */
    static MatchResult match(
            List<InvoiceView> invoices, MatchResult money, CatalogueHistory history, PaymentState own) {
        var switches = invoices.stream()
                .map(InvoiceView::invoice)
                .filter(invoice -> invoice.getBreakdown() != null && isSwitch(invoice.getBreakdown()))
                .map(Invoice::getId)
                .collect(Collectors.toSet());
        var periods = money.claims().stream().filter(SwitchedPeriods::isPeriod).toList();
        var subscription = own.getSubscription();
        var items = subscription == null
                ? Set.<String>of()
                : SubscribedProducts.names(SubscribedProducts.versions(history, own, subscription), subscription);
        var itemsAt = subscription == null ? Instant.EPOCH : subscription.getAt();
        return new SwitchedPeriods(switches, periods, items, itemsAt).match();
    }

    private MatchResult match() {
        return periods.stream()
                .flatMap(period -> credit(period).stream())
                .map(MatchResult::claim)
                .reduce(MatchResult.NOTHING, MatchResult::and);
    }

    /** Where lines credit unused time, they name what was replaced; other items of the subscription continue. */
    private static boolean isSwitch(Breakdown breakdown) {
        return SWITCHES.contains(breakdown.getReason())
                && breakdown.getLines().stream().noneMatch(InvoiceLines::isCreditForTime);
    }

    private Optional<Claim.Builder> credit(Claim.Builder period) {
        return periods.stream()
                .filter(later -> later.getInvoice() != null && switches.contains(later.getInvoice()))
                .filter(later -> replaces(later, period) && !continues(period, later.getFrom()))
                .min(Comparator.comparing(Claim.Builder::getFrom).thenComparing(Claim.Builder::getClaimKey))
                .map(later -> Claim.newBuilder(period)
                        .setClaimKey(ClaimKey.credited(period.getClaimKey(), period.getProduct()))
                        .setStatus(ClaimStatus.CREDITED)
                        .setAt(later.getFrom())
                        .setInvoice(later.getInvoice())
                        .setFrom(later.getFrom())
                        .setDiscrepancy(null)
                        .setAmount(null)
                        .setCurrency(null)
                        .setRefunded(0));
    }

    private static boolean replaces(Claim.Builder later, Claim.Builder period) {
        return !Objects.equals(later.getInvoice(), period.getInvoice())
                && !later.getProduct().equals(period.getProduct())
                && Objects.equals(later.getSubscription(), period.getSubscription())
                && later.getFrom().isAfter(period.getFrom())
                && later.getFrom().isBefore(period.getUntil());
    }

    /** Whether its product is an item after the switch, and not because it was bought anew before its period ended. */
    private boolean continues(Claim.Builder period, Instant switchedAt) {
        return items.contains(period.getProduct())
                && !itemsAt.isBefore(switchedAt)
                && periods.stream()
                        .filter(again -> again.getProduct().equals(period.getProduct()))
                        .noneMatch(again -> !again.getFrom().isBefore(switchedAt)
                                && again.getFrom().isBefore(period.getUntil()));
    }

    private static boolean isPeriod(Claim.Builder claim) {
        return claim.getKind() == ClaimKind.PERIOD
                && claim.getStatus() != ClaimStatus.FAILED
                && claim.getStatus() != ClaimStatus.CREDITED
                && claim.getSubscription() != null;
    }
}
