package ipn.gateway.googleplay;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.BillStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Money;
import ipn.gateway.Item;
import ipn.gateway.JsonField;
import ipn.gateway.Notification;
import ipn.gateway.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An order as it stands, {@code orders.get}: the money of one purchase, or of one period of a subscription. It says when it last
 * changed, so that time is its version, and not when we were told.
 */
final class Orders {
    private Orders() {}

    static Optional<Notification> read(PlayDocument order) {
        // it is filed under this token, see PlayKeys
        var unused = PlayIds.token(order.at("purchaseToken"));
        var id = order.at("orderId").required().id().orElseThrow();
        var state = order.at("state").required();
        var total = PlayMoney.read(order.at("total"));
        var facts = new ArrayList<Fact>();
        var rank = switch (state.glance().orElse("")) {
            case "PENDING" -> attempted(facts, id, AttemptStatus.PENDING, 1);
            case "CANCELED" -> attempted(facts, id, AttemptStatus.CANCELED, 2);
            case "PROCESSED" -> taken(facts, order, id, total, 3);
            // asked for, not given yet
            case "PENDING_REFUND" -> taken(facts, order, id, total, 4);
            case "PARTIALLY_REFUNDED" -> taken(facts, order, id, total, 5);
            case "REFUNDED" -> {
                facts.addAll(givenBack(order, id, total));
                yield taken(facts, order, id, total, 6);
            }
            default -> throw PlayDocument.unknown(state);
        };
        facts.addAll(PlayDocument.skus(order.at("lineItems").elements(), "subscriptionDetails"));
        return Optional.of(
                new Notification(order.place().kind().type(), changedAt(order), rank, Optional.of(total), facts));
    }

    private static int attempted(List<Fact> facts, String id, AttemptStatus status, int rank) {
        facts.add(new Fact.Attempt(id, status, ""));
        return rank;
    }

    private static int taken(List<Fact> facts, PlayDocument order, String id, Money total, int rank) {
        facts.add(new Fact.Captured(id, total, Optional.empty()));
        facts.add(bill(order, id, total));
        var parts = refundedParts(order, total);
        if (rank < 6 && parts.minorUnits() > 0) {
            facts.add(new Fact.RefundTotal(id, parts));
        }
        return rank;
    }

    /** Taken back by the bank, or given back by Google or the merchant; money goes back once. */
    private static List<Fact> givenBack(PlayDocument order, String id, Money total) {
        var reason = order.at("orderHistory").at("refundEvent").at("refundReason");
        if (!reason.glance().equals(Optional.of("CHARGEBACK"))) {
            return List.of(new Fact.RefundTotal(id, total));
        }
        var parts = refundedParts(order, total);
        var facts = new ArrayList<Fact>();
        if (parts.minorUnits() > 0) {
            facts.add(new Fact.RefundTotal(id, parts));
        }
        var rest = new Money(Math.max(0, total.minorUnits() - parts.minorUnits()), total.currency());
        facts.add(new Fact.Dispute(id, Optional.of(rest), DisputeStatus.LOST, "chargeback"));
        return facts;
    }

    /** Refunds of parts that went through. */
    private static Money refundedParts(PlayDocument order, Money total) {
        var sum = order.at("orderHistory").at("partialRefundEvents").elements().stream()
                .filter(event -> event.at("state").glance().equals(Optional.of("PROCESSED_SUCCESSFULLY")))
                .map(event -> PlayMoney.read(event.at("refundDetails").at("total"), total.currency()))
                .mapToLong(Money::minorUnits)
                .reduce(0, Math::addExact);
        return new Money(sum, total.currency());
    }

    /** Where prices are shown without tax, the price is what is left of the total without it. */
    private static Fact bill(PlayDocument order, String id, Money total) {
        var inclusive = order.at("orderDetails").at("taxInclusive");
        var price = inclusive.isPresent() && !inclusive.flag() ? PlayMoney.without(total, order.at("tax")) : total;
        var periods = order.at("lineItems").elements().stream()
                .map(line -> line.at("subscriptionDetails"))
                .filter(JsonField::isPresent)
                .toList();
        return new Fact.Bill(
                id,
                BillStatus.PAID,
                periods.isEmpty() ? Optional.empty() : Optional.of(key(order)),
                price,
                price,
                times(order, periods, "servicePeriodStartTime")
                        .min(Comparator.naturalOrder())
                        .or(() -> processedAt(order)),
                times(order, periods, "servicePeriodEndTime").max(Comparator.naturalOrder()));
    }

    private static String key(PlayDocument order) {
        return order.account().key(Item.keyPart(PlayIds.token(order.at("purchaseToken"))));
    }

    private static Stream<Instant> times(PlayDocument order, List<JsonField> periods, String name) {
        return periods.stream().flatMap(period -> order.planned(period.at(name)).stream());
    }

    private static Optional<Instant> processedAt(PlayDocument order) {
        return order.planned(order.at("orderHistory").at("processedEvent").at("eventTime"))
                .or(() -> order.planned(order.at("createTime")));
    }

    private static Instant changedAt(PlayDocument order) {
        var last = order.at("lastEventTime");
        var field = last.isPresent() ? last : order.at("createTime");
        return order.times().occurred(Times.isoOrSeconds(field), field.pointer());
    }
}
