package ipn.gateway.googleplay;

import ipn.fact.Fact.Breakdown;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.Line;
import ipn.fact.Money;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The lines of an order. Google Play calculates their amounts from the prices and the offers in the Play Console. */
final class OrderLines {
    private static final int NAME_LENGTH_MAX = 100;

    private OrderLines() {}

    /**
     * Empty for a free trial, which is not paid, and where a line is in another currency than the order.
     *
     * @param taxOnTop Google adds the tax to the price
     */
    static Optional<Breakdown> breakdown(GooglePlayDocument order, String id, Money total, boolean taxOnTop) {
        var items = order.at("lineItems").elements();
        if (total.minorUnits() == 0
                && items.stream().anyMatch(item -> isPhase(item, "FREE_TRIAL", "freeTrialDetails"))) {
            return Optional.empty();
        }
        if (!items.stream().allMatch(item -> isIn(total.currency(), item))) {
            return Optional.empty();
        }
        var alone = items.size() == 1;
        var lines = items.stream()
                .limit(Breakdown.LINES_MAX)
                .map(item -> line(order, item, alone, total, taxOnTop))
                .toList();
        var discount = lines.stream().mapToLong(Line::discount).reduce(0, Math::addExact);
        return Optional.of(new Breakdown(reason(id, items, lines), discount, tax(order.at("tax"), total), 0, lines));
    }

    private static boolean isIn(String currency, JsonField item) {
        return Stream.of("total", "tax", "listingPrice")
                .map(item::at)
                .filter(JsonField::isPresent)
                .allMatch(money ->
                        currency.equals(money.at("currencyCode").glance().orElse("")));
    }

    private static Line line(GooglePlayDocument order, JsonField item, boolean alone, Money total, boolean taxOnTop) {
        var whole = whole(item, alone, total);
        var taxField = alone && !item.at("tax").isPresent() ? order.at("tax") : item.at("tax");
        var paid = (taxOnTop ? GooglePlayMoney.without(whole, taxField) : whole).minorUnits();
        var period = item.at("subscriptionDetails");
        var quantity = quantity(item);
        var prorated = isPhase(item, "PRORATION_PERIOD", "prorationPeriodDetails");
        var reduction = prorated || quantity > 1 ? 0 : reduction(item, paid, total.currency());
        var name = prorated ? Optional.<String>empty() : offer(item);
        return Line.of(GooglePlayDocument.names(item, "subscriptionDetails"), quantity, Math.addExact(paid, reduction))
                .withDiscount(reduction, name)
                .withTax(tax(taxField, total))
                .prorated(prorated)
                .withPeriod(
                        order.planned(period.at("servicePeriodStartTime")),
                        order.planned(period.at("servicePeriodEndTime")));
    }

    /** Google leaves out what is nothing. */
    private static Money whole(JsonField item, boolean alone, Money total) {
        if (item.at("total").isPresent()) {
            return GooglePlayMoney.read(item.at("total"), total.currency());
        }
        return alone ? total : new Money(0, total.currency());
    }

    /** The part of the listed price that was not paid; 0 where Google does not send the listed price. */
    private static long reduction(JsonField item, long paid, String currency) {
        var listed = item.at("listingPrice");
        return listed.isPresent()
                ? Math.max(0, GooglePlayMoney.read(listed, currency).minorUnits() - paid)
                : 0;
    }

    private static long tax(JsonField tax, Money total) {
        return tax.isPresent() ? GooglePlayMoney.read(tax, total.currency()).minorUnits() : 0;
    }

    private static long quantity(JsonField item) {
        var quantity = item.at("oneTimePurchaseDetails").at("quantity");
        if (!quantity.isPresent()) {
            return 1;
        }
        return quantity.glanceCount()
                .orElseThrow(() -> new RefusedException(
                        Reason.MALFORMED, quantity.pointer() + ": not a quantity (expected: 1 or more)"));
    }

    /** The offer that reduces the price. After the phases of an offer the base price is due, although the offer is still named. */
    private static Optional<String> offer(JsonField item) {
        if (isPhase(item, "BASE", "baseDetails")) {
            return Optional.empty();
        }
        return item.at("subscriptionDetails")
                .at("offerId")
                .glanceWord(NAME_LENGTH_MAX)
                .or(() -> item.at("oneTimePurchaseDetails").at("offerId").glanceWord(NAME_LENGTH_MAX))
                .or(() -> isPhase(item, "INTRODUCTORY", "introductoryPriceDetails")
                        ? Optional.of("introductory price")
                        : Optional.empty());
    }

    /** The phase of a subscription's offer, as Google wrote it first (a name) and writes it now (an object). */
    private static boolean isPhase(JsonField item, String name, String details) {
        var subscription = item.at("subscriptionDetails");
        return subscription.at("offerPhase").code().equals(name)
                || subscription.at("offerPhaseDetails").at(details).isPresent();
    }

    /** Google numbers renewals: the order id of the first purchase, two dots and a number. */
    private static InvoiceReason reason(String id, List<JsonField> items, List<Line> lines) {
        if (items.stream().noneMatch(item -> item.at("subscriptionDetails").isPresent())) {
            return InvoiceReason.MANUAL;
        }
        if (lines.stream().anyMatch(Line::proration)) {
            return InvoiceReason.SWITCH;
        }
        return id.matches(".*\\.\\.[0-9]+") ? InvoiceReason.RENEWAL : InvoiceReason.FIRST;
    }
}
