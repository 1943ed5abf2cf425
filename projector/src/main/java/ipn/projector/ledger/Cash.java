package ipn.projector.ledger;

import ipn.avro.Bill;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Money that moved, by the payment's own facts and whatever it was for: what it was for is unmatched until a
 * {@link Recognition} says it. Bills move nothing. Only where a key holds several do they tell which day a part of its money
 * moved on.
 */
public record Cash(PaymentState payment) {

    /** Adds the payment's cash to a sheet. */
    public void into(Sheet sheet) {
        payment.getTotals().forEach(totals -> into(sheet, totals));
    }

    private void into(Sheet sheet, Totals totals) {
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

    private Parts taken(String currency) {
        return parts(currency, Bill::getPaid, bill -> Days.of(bill.getAt()), capturedDay());
    }

    private Parts refunded(String currency) {
        var otherwise = Days.of(payment.getRefundedAt(), payment.getCapturedAt(), payment.getDisputedAt());
        return parts(currency, Bill::getRefunded, bill -> Days.of(bill.getRefundedAt(), bill.getAt()), otherwise);
    }

    private Parts disputed(String currency) {
        var otherwise = Days.of(payment.getDisputedAt(), payment.getCapturedAt(), payment.getRefundedAt());
        return parts(currency, Cash::disputed, bill -> Days.of(bill.getDisputedAt(), bill.getAt()), otherwise);
    }

    /** A dispute of one bill is about what remains of it. */
    public static long disputed(Bill bill) {
        var stands = bill.getDisputeStatus().equals("OPEN")
                || bill.getDisputeStatus().equals("LOST");
        return stands ? Math.max(0, bill.getPaid() - bill.getRefunded()) : 0;
    }

    private LocalDate capturedDay() {
        return Days.of(payment.getCapturedAt(), payment.getRefundedAt(), payment.getDisputedAt());
    }

    private Parts parts(
            String currency, ToLongFunction<Bill> amount, Function<Bill, LocalDate> day, LocalDate otherwise) {
        var bills = payment.getBills().size() < 2 ? List.<Bill>of() : payment.getBills();
        var parts = bills.stream()
                .filter(bill ->
                        bill.getStatus().equals("PAID") && bill.getCurrency().equals(currency))
                .map(bill -> new Parts.Part(day.apply(bill), amount.applyAsLong(bill)))
                .toList();
        return new Parts(parts, otherwise);
    }
}
