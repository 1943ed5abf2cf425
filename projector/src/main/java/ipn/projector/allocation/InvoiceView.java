package ipn.projector.allocation;

import ipn.avro.Invoice;
import ipn.avro.PaymentState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One bill of a payment key.
 *
 * @param reversals what took its money back, and none of the other bills'
 * @param name what claims and discrepancies about it go by: the payment key, and the bill where there are several
 * @param alone true: the key has no other bill
 */
public record InvoiceView(Invoice bill, Reversals reversals, String name, boolean alone) {

    /** The bills of a key, the one that ends first first. */
    static List<InvoiceView> of(PaymentState own, CombinedPayments worth) {
        var bills = own.getInvoices();
        return switch (bills.size()) {
            case 0 -> beforeThereWereSeveral(own, worth);
            case 1 ->
                List.of(alone(own, bills.get(0), Reversals.of(bills.get(0)).and(worth.reversalsOfPayers(own))));
            default -> several(own, worth);
        };
    }

    boolean tookMoney() {
        return tookMoney(bill);
    }

    /** When what it pays for begins, by the gateway's clock. */
    Instant from() {
        return Objects.requireNonNullElse(bill.getFrom(), bill.getAt());
    }

    /** Its money; only of one that took some. */
    Charge taken(String paymentKey) {
        return new Charge(
                name,
                paymentKey,
                Optional.ofNullable(bill.getSubscription()),
                from(),
                bill.getPaid(),
                bill.getCurrency(),
                reversals.standing(bill.getPaid(), bill.getCurrency()));
    }

    private static List<InvoiceView> beforeThereWereSeveral(PaymentState own, CombinedPayments worth) {
        return own.getInvoice() == null ? List.of() : List.of(alone(own, own.getInvoice(), worth.reversals()));
    }

    private static InvoiceView alone(PaymentState own, Invoice bill, Reversals reversals) {
        return new InvoiceView(bill, reversals, own.getPaymentKey(), true);
    }

    /** Payments that settle a key do not say which bill they are for: they count for the one paid last. */
    private static List<InvoiceView> several(PaymentState own, CombinedPayments worth) {
        var paidLast = own.getInvoices().stream()
                .filter(InvoiceView::tookMoney)
                .reduce((earlier, later) -> later)
                .map(Invoice::getId)
                .orElse("");
        return own.getInvoices().stream()
                .map(bill -> {
                    var reversals = Reversals.of(bill);
                    return new InvoiceView(
                            bill,
                            bill.getId().equals(paidLast) ? reversals.and(worth.reversalsOfPayers(own)) : reversals,
                            own.getPaymentKey() + " bill " + bill.getId(),
                            false);
                })
                .toList();
    }

    private static boolean tookMoney(Invoice bill) {
        return bill.getStatus().equals("PAID") && bill.getPaid() > 0;
    }
}
