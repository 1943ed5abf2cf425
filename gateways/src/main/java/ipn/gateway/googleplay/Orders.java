package ipn.gateway.googleplay;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.Translation;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The current order, {@code orders.get}: the money of one purchase, or of one subscription period. Its version is the time of
 * its last change, not the time of the notification.
 */
final class Orders {
    /** States in chronological order; a requested refund has not returned any money yet. */
    private static final List<String> STATES =
            List.of("PENDING", "CANCELED", "PROCESSED", "PENDING_REFUND", "PARTIALLY_REFUNDED", "REFUNDED");

    private Orders() {}

    static Translation read(GooglePlayDocument order) {
        // its payment key uses this token, see GooglePlayKeys
        var unused = GooglePlayIds.token(order.at("purchaseToken"));
        var id = order.at("orderId").required().id().orElseThrow();
        var state = order.at("state").required();
        var rank = STATES.indexOf(state.glance().orElse(""));
        if (rank < 0) {
            throw GooglePlayDocument.unknown(state);
        }
        var total = GooglePlayMoney.read(order.at("total"));
        var facts = new ArrayList<Fact>();
        switch (STATES.get(rank)) {
            case "PENDING" -> facts.add(new Fact.Attempt(id, AttemptStatus.PENDING, ""));
            case "CANCELED" -> facts.add(new Fact.Attempt(id, AttemptStatus.CANCELED, ""));
            default -> {
                facts.add(new Fact.Captured(id, total, Optional.empty()));
                facts.add(invoice(order, id, total));
                facts.addAll(OrderRefunds.of(order, id, total, STATES.get(rank).equals("REFUNDED")));
            }
        }
        facts.addAll(GooglePlayDocument.skus(order.at("lineItems").elements(), "subscriptionDetails"));
        return new EventContent(rank, Optional.of(total), facts)
                .translation(order.place().kind().type(), changedAt(order));
    }

    /** If prices are listed without tax, the price is the total less the tax. */
    private static Fact invoice(GooglePlayDocument order, String id, Money total) {
        var inclusive = order.at("orderDetails").at("taxInclusive");
        var taxOnTop = inclusive.isPresent() && !inclusive.flag();
        var price = taxOnTop ? GooglePlayMoney.without(total, order.at("tax")) : total;
        var periods = order.at("lineItems").elements().stream()
                .map(line -> line.at("subscriptionDetails"))
                .filter(JsonField::isPresent)
                .toList();
        var invoice = new Fact.Invoice(
                id,
                InvoiceStatus.PAID,
                periods.isEmpty() ? Optional.empty() : Optional.of(key(order)),
                price,
                price,
                times(order, periods, "servicePeriodStartTime")
                        .min(Comparator.naturalOrder())
                        .or(() -> processedAt(order)),
                times(order, periods, "servicePeriodEndTime").max(Comparator.naturalOrder()));
        return OrderLines.breakdown(order, id, total, taxOnTop)
                .map(invoice::with)
                .orElse(invoice);
    }

    private static String key(GooglePlayDocument order) {
        return order.account().keyOf(GooglePlayIds.token(order.at("purchaseToken")));
    }

    private static Stream<Instant> times(GooglePlayDocument order, List<JsonField> periods, String name) {
        return periods.stream().flatMap(period -> order.planned(period.at(name)).stream());
    }

    private static Optional<Instant> processedAt(GooglePlayDocument order) {
        return order.planned(order.at("orderHistory").at("processedEvent").at("eventTime"))
                .or(() -> order.planned(order.at("createTime")));
    }

    private static Instant changedAt(GooglePlayDocument order) {
        var last = order.at("lastEventTime");
        var field = last.isPresent() ? last : order.at("createTime");
        return order.times().occurred(Times.isoOrSeconds(field), field.pointer());
    }
}
