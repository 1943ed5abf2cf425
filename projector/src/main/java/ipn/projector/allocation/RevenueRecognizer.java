package ipn.projector.allocation;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.Invoice;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.key.ClaimKey;
import ipn.key.OrderId;
import ipn.projector.ledger.CashPostings;
import ipn.projector.ledger.LedgerDays;
import ipn.projector.ledger.RevenueRecognition;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes revenue: the money of a payment key whose claims match, whatever became of it since. Money that matches nothing is
 * left out, and so stays unmatched in the ledger.
 */
public record RevenueRecognizer(
        PaymentState own, CombinedPayments combined, List<InvoiceView> invoices, Map<String, Portion> portions) {

    private static final Set<ClaimStatus> NO_MONEY = EnumSet.of(ClaimStatus.FAILED, ClaimStatus.CREDITED);

    /** @param paidBy the payments that pay it */
    public static List<RevenueRecognition> recognize(
            PaymentState own, Collection<PaymentState> paidBy, MatchResult matched) {
        var combined = CombinedPayments.combine(own, paidBy);
        var claims = matched.claims().stream()
                .filter(claim -> claim.getKind() == ClaimKind.ONCE || claim.getKind() == ClaimKind.PERIOD)
                .filter(claim -> !NO_MONEY.contains(claim.getStatus()))
                .toList();
        var recognizer = new RevenueRecognizer(own, combined, InvoiceView.all(own, combined), matched.portions());
        return claims.stream().flatMap(recognizer::recognize).toList();
    }

    private Stream<RevenueRecognition> recognize(Claim.Builder claim) {
        return invoices.isEmpty()
                ? combined.captured().entrySet().stream()
                        .map(captured -> payment(claim.getProduct(), captured.getKey(), captured.getValue()))
                : invoices.stream().filter(view -> makes(view, claim)).map(view -> invoice(view, claim));
    }

    private static boolean makes(InvoiceView view, Claim.Builder claim) {
        return Stream.of(view.key(), view.key().ofProduct(claim.getProduct()))
                .map(key -> new ClaimKey(
                        key,
                        Optional.empty(),
                        Optional.ofNullable(claim.getOrder()).map(OrderId::new)))
                .anyMatch(key -> claim.getClaimKey().equals(key.toString()));
    }

    private RevenueRecognition invoice(InvoiceView view, Claim.Builder claim) {
        var invoice = view.invoice();
        var whole = view.alone()
                ? payment(claim.getProduct(), invoice.getCurrency(), invoice.getPaid())
                : oneOfSeveral(claim.getProduct(), invoice);
        var portion = portions.getOrDefault(claim.getClaimKey(), Portion.WHOLE);
        // no more can be held back than refunds have left
        var held = Math.min(whole.disputed(), Math.max(0, whole.paid() - whole.refunded()));
        return whole.with(
                portion.paid(whole.paid()),
                portion.refunded(whole.paid(), whole.refunded()),
                portion.held(whole.paid(), whole.refunded(), held));
    }

    /** A key that is paid for once: all reversals of its payers are reversals of it. */
    private RevenueRecognition payment(String product, String currency, long paid) {
        var totals = combined.payments().stream()
                .flatMap(payment -> payment.getTotals().stream())
                .filter(each -> each.getCurrency().equals(currency))
                .toList();
        return new RevenueRecognition(
                product,
                currency,
                paid,
                totals.stream().mapToLong(Totals::getRefunded).sum(),
                totals.stream().mapToLong(CashPostings::heldBack).sum(),
                LedgerDays.firstKnown(first(PaymentState::getCapturedAt), otherwise()),
                LedgerDays.firstKnown(
                        last(PaymentState::getRefundedAt), first(PaymentState::getCapturedAt), otherwise()),
                LedgerDays.firstKnown(
                        last(PaymentState::getDisputedAt), first(PaymentState::getCapturedAt), otherwise()));
    }

    /** One of several invoices: its reversals are known of it alone. */
    private static RevenueRecognition oneOfSeveral(String product, Invoice invoice) {
        return new RevenueRecognition(
                product,
                invoice.getCurrency(),
                invoice.getPaid(),
                invoice.getRefunded(),
                CashPostings.disputed(invoice),
                LedgerDays.firstKnown(invoice.getAt()),
                LedgerDays.firstKnown(invoice.getRefundedAt(), invoice.getAt()),
                LedgerDays.firstKnown(invoice.getDisputedAt(), invoice.getAt()));
    }

    private @Nullable Instant otherwise() {
        return invoices.stream().findFirst().map(view -> view.invoice().getAt()).orElse(null);
    }

    private @Nullable Instant first(Function<PaymentState, @Nullable Instant> time) {
        return times(time).min(Instant::compareTo).orElse(null);
    }

    private @Nullable Instant last(Function<PaymentState, @Nullable Instant> time) {
        return times(time).max(Instant::compareTo).orElse(null);
    }

    private Stream<Instant> times(Function<PaymentState, @Nullable Instant> time) {
        return combined.payments().stream().map(time).filter(Objects::nonNull).map(Objects::requireNonNull);
    }
}
