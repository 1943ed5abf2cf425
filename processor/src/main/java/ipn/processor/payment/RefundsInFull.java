package ipn.processor.payment;

import ipn.avro.FactKind;
import ipn.fact.Fact;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The amounts of refunds in full whose amount the gateway does not report:
 *
 * <ol>
 *   <li>the amount of the capture with the id of the refund;
 *   <li>otherwise all that the payment captured and did not refund;
 *   <li>none, where the payment has several invoices: it refunds one of them, of which no capture is known.
 * </ol>
 */
final class RefundsInFull {
    private RefundsInFull() {}

    /** @param refunded minor units by currency of the refunds with an amount; the others are added */
    static void addTo(SortedMap<String, Long> refunded, Payment payment) {
        for (var known : payment.facts().values()) {
            if (known.fact() instanceof Fact.Refund refund
                    && refund.amount().isEmpty()
                    && refund.status().counts()) {
                add(refunded, payment, refund.id());
            }
        }
    }

    private static void add(SortedMap<String, Long> refunded, Payment payment, String id) {
        var captures = captures(payment);
        var own = captures.stream().filter(each -> each.id().equals(id)).findFirst();
        if (own.isPresent() && captures.size() > 1) {
            var amount = own.get().amount();
            refunded.merge(amount.currency(), amount.minorUnits(), Math::addExact);
        } else if (own.isPresent() || !hasSeveralInvoices(payment)) {
            captured(payment).forEach((currency, amount) -> refunded.merge(currency, amount, Math::max));
        }
    }

    private static boolean hasSeveralInvoices(Payment payment) {
        return payment.facts().keySet().stream()
                        .filter(key -> key.kind() == FactKind.INVOICE)
                        .count()
                > 1;
    }

    static List<Fact.Captured> captures(Payment payment) {
        return payment.facts().values().stream()
                .filter(known -> known.fact() instanceof Fact.Captured)
                .map(known -> (Fact.Captured) known.fact())
                .toList();
    }

    /** All that the payment captured, minor units by currency. */
    static TreeMap<String, Long> captured(Payment payment) {
        var captured = new TreeMap<String, Long>();
        captures(payment)
                .forEach(each ->
                        captured.merge(each.amount().currency(), each.amount().minorUnits(), Math::addExact));
        return captured;
    }
}
