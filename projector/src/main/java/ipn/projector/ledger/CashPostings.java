package ipn.projector.ledger;

import ipn.avro.Invoice;
import ipn.avro.InvoiceStatus;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Money that moved, by the payment's own facts, whatever it was for: it stays in the account of unmatched money until a
 * {@link RevenueRecognition} moves it. Invoices move nothing. Where a key has several, they only give the day on which a part of its
 * money moved.
 */
public record CashPostings(PaymentState payment) {

    /** Adds the payment's cash. */
    public void addTo(PostingSet postings) {
        payment.getTotals().forEach(totals -> addTo(postings, totals));
    }

    private void addTo(PostingSet postings, Totals totals) {
        var currency = totals.getCurrency();
        var clearing = Account.clearing(payment);
        captured(currency)
                .spread(
                        totals.getCaptured(),
                        (day, amount) -> postings.move(amount, currency, day, clearing, Account.UNMATCHED));
        refunded(currency)
                .spread(
                        totals.getRefunded(),
                        (day, amount) -> postings.move(amount, currency, day, Account.UNMATCHED, clearing));
        disputed(currency)
                .spread(
                        heldBack(totals),
                        (day, amount) -> postings.move(amount, currency, day, Account.UNMATCHED, clearing));
        postings.move(totals.getFees(), currency, capturedDay(), Account.FEES, clearing);
    }

    /** What open disputes hold back and lost ones cost. */
    public static long heldBack(Totals totals) {
        return Math.addExact(totals.getDisputed(), totals.getLost());
    }

    private DaySplit captured(String currency) {
        return parts(currency, Invoice::getPaid, invoice -> LedgerDays.firstKnown(invoice.getAt()), capturedDay());
    }

    private DaySplit refunded(String currency) {
        var otherwise =
                LedgerDays.firstKnown(payment.getRefundedAt(), payment.getCapturedAt(), payment.getDisputedAt());
        return parts(
                currency,
                Invoice::getRefunded,
                invoice -> LedgerDays.firstKnown(invoice.getRefundedAt(), invoice.getAt()),
                otherwise);
    }

    private DaySplit disputed(String currency) {
        var otherwise =
                LedgerDays.firstKnown(payment.getDisputedAt(), payment.getCapturedAt(), payment.getRefundedAt());
        return parts(
                currency,
                CashPostings::disputed,
                invoice -> LedgerDays.firstKnown(invoice.getDisputedAt(), invoice.getAt()),
                otherwise);
    }

    /** What open and lost disputes hold back of one invoice; where their amounts are not known, what remains of it. */
    public static long disputed(Invoice invoice) {
        var remaining = Math.max(0, invoice.getPaid() - invoice.getRefunded());
        var known = Math.addExact(invoice.getDisputed(), invoice.getLost());
        return switch (invoice.getDisputeStatus()) {
            case OPEN, LOST -> known > 0 ? Math.min(remaining, known) : remaining;
            case NONE, INQUIRY, WON, UNKNOWN -> 0;
        };
    }

    private LocalDate capturedDay() {
        return LedgerDays.firstKnown(payment.getCapturedAt(), payment.getRefundedAt(), payment.getDisputedAt());
    }

    private DaySplit parts(
            String currency, ToLongFunction<Invoice> amount, Function<Invoice, LocalDate> day, LocalDate otherwise) {
        var invoices = payment.getInvoices().size() < 2 ? List.<Invoice>of() : payment.getInvoices();
        var parts = invoices.stream()
                .filter(invoice -> invoice.getStatus() == InvoiceStatus.PAID
                        && invoice.getCurrency().equals(currency))
                .map(invoice -> new DaySplit.Part(day.apply(invoice), amount.applyAsLong(invoice)))
                .toList();
        return new DaySplit(parts, otherwise);
    }
}
