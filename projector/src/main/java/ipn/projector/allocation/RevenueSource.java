package ipn.projector.allocation;

import ipn.avro.Invoice;
import ipn.avro.Claim;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.projector.ledger.CashPostings;
import ipn.projector.ledger.LedgerDays;
import ipn.projector.ledger.RevenueRecognition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the money of a payment key is for, as its assessment found: what claims something matched, whatever became of it since.
 * What matched nothing is left out, and so stays unmatched in the books.
 */
public record RevenueSource(PaymentState own, CombinedPayments worth, List<InvoiceView> billed) {

    /** @param settledBy what pays for it */
    public static List<RevenueRecognition> recognised(
            PaymentState own, Collection<PaymentState> settledBy, MatchResult assessment) {
        var worth = CombinedPayments.of(own, settledBy);
        var recognised = new RevenueSource(own, worth, InvoiceView.of(own, worth));
        return assessment.claims().stream()
                .filter(claim -> List.of("ONCE", "PERIOD").contains(claim.getKind()))
                .filter(claim -> !claim.getStatus().equals("FAILED"))
                .flatMap(recognised::of)
                .toList();
    }

    private Stream<RevenueRecognition> of(Claim.Builder claim) {
        return billed.isEmpty()
                ? worth.captured().entrySet().stream()
                        .map(captured -> payment(claim.getProduct(), captured.getKey(), captured.getValue()))
                : billed.stream()
                        .filter(each -> claim.getClaimKey().equals(MatchCandidate.claimKey(each.name(), claim.getOrder())))
                        .map(each -> each.alone()
                                ? payment(
                                        claim.getProduct(),
                                        each.bill().getCurrency(),
                                        each.bill().getPaid())
                                : bill(claim.getProduct(), each));
    }

    /** A key that is paid for once: all that was taken back of its payers is of it. */
    private RevenueRecognition payment(String product, String currency, long paid) {
        var totals = worth.payments().stream()
                .flatMap(payment -> payment.getTotals().stream())
                .filter(each -> each.getCurrency().equals(currency))
                .toList();
        return new RevenueRecognition(
                product,
                currency,
                paid,
                totals.stream().mapToLong(Totals::getRefunded).sum(),
                totals.stream().mapToLong(CashPostings::heldBack).sum(),
                LedgerDays.of(first(PaymentState::getCapturedAt), otherwise()),
                LedgerDays.of(last(PaymentState::getRefundedAt), first(PaymentState::getCapturedAt), otherwise()),
                LedgerDays.of(last(PaymentState::getDisputedAt), first(PaymentState::getCapturedAt), otherwise()));
    }

    /** One of several bills; what was taken back of it is known of each alone. */
    private static RevenueRecognition bill(String product, InvoiceView billed) {
        var bill = billed.bill();
        return new RevenueRecognition(
                product,
                bill.getCurrency(),
                bill.getPaid(),
                bill.getRefunded(),
                CashPostings.disputed(bill),
                LedgerDays.of(bill.getAt()),
                LedgerDays.of(bill.getRefundedAt(), bill.getAt()),
                LedgerDays.of(bill.getDisputedAt(), bill.getAt()));
    }

    private @Nullable Instant otherwise() {
        return billed.stream().findFirst().map(InvoiceView::bill).map(Invoice::getAt).orElse(null);
    }

    private @Nullable Instant first(Function<PaymentState, @Nullable Instant> time) {
        return times(time).min(Instant::compareTo).orElse(null);
    }

    private @Nullable Instant last(Function<PaymentState, @Nullable Instant> time) {
        return times(time).max(Instant::compareTo).orElse(null);
    }

    private Stream<Instant> times(Function<PaymentState, @Nullable Instant> time) {
        return worth.payments().stream().map(time).filter(Objects::nonNull).map(Objects::requireNonNull);
    }
}
