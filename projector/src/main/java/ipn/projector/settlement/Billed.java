package ipn.projector.settlement;

import ipn.avro.Bill;
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
public record Billed(Bill bill, Reversals reversals, String name, boolean alone) {

    /** The bills of a key, the one that ends first first. */
    static List<Billed> of(PaymentState own, Worth worth) {
        var bills = own.getBills();
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
    Taken taken(String paymentKey) {
        return new Taken(
                name,
                paymentKey,
                Optional.ofNullable(bill.getSubscription()),
                from(),
                bill.getPaid(),
                bill.getCurrency(),
                reversals.standing(bill.getPaid(), bill.getCurrency()));
    }

    private static List<Billed> beforeThereWereSeveral(PaymentState own, Worth worth) {
        return own.getBill() == null ? List.of() : List.of(alone(own, own.getBill(), worth.reversals()));
    }

    private static Billed alone(PaymentState own, Bill bill, Reversals reversals) {
        return new Billed(bill, reversals, own.getPaymentKey(), true);
    }

    /** Payments that settle a key do not say which bill they are for: they count for the one paid last. */
    private static List<Billed> several(PaymentState own, Worth worth) {
        var paidLast = own.getBills().stream()
                .filter(Billed::tookMoney)
                .reduce((earlier, later) -> later)
                .map(Bill::getId)
                .orElse("");
        return own.getBills().stream()
                .map(bill -> {
                    var reversals = Reversals.of(bill);
                    return new Billed(
                            bill,
                            bill.getId().equals(paidLast) ? reversals.and(worth.reversalsOfPayers(own)) : reversals,
                            own.getPaymentKey() + " bill " + bill.getId(),
                            false);
                })
                .toList();
    }

    private static boolean tookMoney(Bill bill) {
        return bill.getStatus().equals("PAID") && bill.getPaid() > 0;
    }
}
