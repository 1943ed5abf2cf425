package ipn.projector.ledger;

import ipn.avro.Invoice;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Money that moved, by the payment's own facts and whatever it was for: what it was for is unmatched until a
 * {@link RevenueRecognition} says it. Bills move nothing. Only where a key holds several do they tell which day a part of its money
 * moved on.
 */
public record CashPostings(PaymentState payment) {

    /** Adds the payment's cash to a sheet. */
    public void into(PostingSet sheet) {
        payment.getTotals().forEach(totals -> into(sheet, totals));
    }

    private void into(PostingSet sheet, Totals totals) {
        var currency = totals.getCurrency();
        var clearing = Account.clearing(payment);
        taken(currency)
                .spread(
                        totals.getCaptured(),
                        (day, amount) -> sheet.move(amount, currency, day, clearing, Account.UNMATCHED));
        refunded(currency)
                .spread(
                        totals.getRefunded(),
                        (day, amount) -> sheet.move(amount, currency, day, Account.UNMATCHED, clearing));
        disputed(currency)
                .spread(
                        heldBack(totals),
                        (day, amount) -> sheet.move(amount, currency, day, Account.UNMATCHED, clearing));
        sheet.move(totals.getFees(), currency, capturedDay(), Account.FEES, clearing);
    }

    /** What disputes hold back, or have cost. */
    public static long heldBack(Totals totals) {
        return Math.addExact(totals.getDisputed(), totals.getLost());
    }

    private DaySplit taken(String currency) {
        return parts(currency, Invoice::getPaid, bill -> LedgerDays.of(bill.getAt()), capturedDay());
    }

    private DaySplit refunded(String currency) {
        var otherwise = LedgerDays.of(payment.getRefundedAt(), payment.getCapturedAt(), payment.getDisputedAt());
        return parts(currency, Invoice::getRefunded, bill -> LedgerDays.of(bill.getRefundedAt(), bill.getAt()), otherwise);
    }

    private DaySplit disputed(String currency) {
        var otherwise = LedgerDays.of(payment.getDisputedAt(), payment.getCapturedAt(), payment.getRefundedAt());
        return parts(currency, CashPostings::disputed, bill -> LedgerDays.of(bill.getDisputedAt(), bill.getAt()), otherwise);
    }

    /** A dispute of one bill is about what remains of it. */
    public static long disputed(Invoice bill) {
        var stands = bill.getDisputeStatus().equals("OPEN")
                || bill.getDisputeStatus().equals("LOST");
        return stands ? Math.max(0, bill.getPaid() - bill.getRefunded()) : 0;
    }

    private LocalDate capturedDay() {
        return LedgerDays.of(payment.getCapturedAt(), payment.getRefundedAt(), payment.getDisputedAt());
    }

    private DaySplit parts(
            String currency, ToLongFunction<Invoice> amount, Function<Invoice, LocalDate> day, LocalDate otherwise) {
        var bills = payment.getInvoices().size() < 2 ? List.<Invoice>of() : payment.getInvoices();
        var parts = bills.stream()
                .filter(bill ->
                        bill.getStatus().equals("PAID") && bill.getCurrency().equals(currency))
                .map(bill -> new DaySplit.Part(day.apply(bill), amount.applyAsLong(bill)))
                .toList();
        return new DaySplit(parts, otherwise);
    }
}
