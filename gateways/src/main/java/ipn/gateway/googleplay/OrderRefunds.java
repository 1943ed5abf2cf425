package ipn.gateway.googleplay;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The refunded amount of an order: by Google, the merchant or a chargeback. It counts once. */
final class OrderRefunds {
    private OrderRefunds() {}

    /** @param whole true for a full refund */
    static List<Fact> of(GooglePlayDocument order, String id, Money total, boolean whole) {
        var reason =
                order.at("orderHistory").at("refundEvent").at("refundReason").glance();
        var chargeback = whole && reason.equals(Optional.of("CHARGEBACK"));
        var given = whole && !chargeback ? total.minorUnits() : parts(order, total);
        var facts = new ArrayList<Fact>();
        if (given > 0) {
            facts.add(new Fact.RefundTotal(id, new Money(given, total.currency())));
        }
        if (chargeback) {
            var rest = new Money(Math.max(0, total.minorUnits() - given), total.currency());
            facts.add(new Fact.Dispute(id, Optional.of(rest), DisputeStatus.LOST, "chargeback"));
        }
        return facts;
    }

    /** Refunds of parts that went through, in minor units. */
    private static long parts(GooglePlayDocument order, Money total) {
        return order.at("orderHistory").at("partialRefundEvents").elements().stream()
                .filter(event -> event.at("state").glance().equals(Optional.of("PROCESSED_SUCCESSFULLY")))
                .map(event -> GooglePlayMoney.read(event.at("refundDetails").at("total"), total.currency()))
                .mapToLong(Money::minorUnits)
                .reduce(0, Math::addExact);
    }
}
