package ipn.simulator.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stripe's objects about subscriptions: invoice, invoice payment, subscription. */
final class StripeBilling {
    private static final JsonTemplate INVOICE = JsonTemplate.load("stripe/invoice.json");
    private static final JsonTemplate INVOICE_PAYMENT = JsonTemplate.load("stripe/invoice-payment.json");
    private static final JsonTemplate SUBSCRIPTION = JsonTemplate.load("stripe/subscription.json");

    private static final JsonTemplate INVOICE_LINE = JsonTemplate.load("stripe/invoice-line.json");

    /** Prices of the built-in test settings: premium, and premium-plus, which costs twice as much. */
    private static final String PRICE = "price_premium";

    private static final String PRICE_TWICE_AS_HIGH = "price_premium_plus";

    private StripeBilling() {}

    /** An invoice for one period of a subscription: paid, or open because an attempt to collect failed. */
    static ObjectNode invoice(TemplateValues values, String status) {
        return invoice(values, status, "subscription_cycle", List.of(period(values, 0)));
    }

    /** A paid invoice with a coupon of 25 percent. */
    static ObjectNode discountedInvoice(TemplateValues values) {
        var discount = values.sample().amount().minorUnits() / 4;
        return invoice(values, "paid", "subscription_cycle", List.of(period(values, discount)));
    }

    /**
     * A paid invoice for a change to a price twice as high in the middle of the period: the unused half of the old price is credited,
     * half of the new price is charged. The sample's amount is the old price.
     */
    static ObjectNode upgradeInvoice(TemplateValues values) {
        var period = values.sample().period();
        var middle = period.from()
                .plus(Duration.between(period.from(), period.until()).dividedBy(2));
        var price = values.sample().amount().minorUnits();
        return invoice(
                values,
                "paid",
                "subscription_update",
                List.of(
                        new Line(1, -price / 2, 0, true, middle, Optional.of(PRICE)),
                        new Line(2, price, 0, true, middle, Optional.of(PRICE_TWICE_AS_HIGH))));
    }

    /** A line of an invoice; it ends with the period of the sample. */
    private record Line(
            int number, long amount, long discount, boolean proration, Instant from, Optional<String> price) {
        ObjectNode fill(TemplateValues values) {
            return INVOICE_LINE.fill(values.with("number", Integer.toString(number))
                    .with("line_amount", amount)
                    .with("discounts", discounts(values, discount))
                    .with("proration", proration)
                    .with("start", from.getEpochSecond())
                    .with(
                            "pricing",
                            price.map(id -> Map.of("type", "price_details", "price_details", Map.of("price", id)))));
        }
    }

    private static Line period(TemplateValues values, long discount) {
        return new Line(
                1,
                values.sample().amount().minorUnits(),
                discount,
                false,
                values.sample().period().from(),
                Optional.empty());
    }

    private static ObjectNode invoice(TemplateValues values, String status, String reason, List<Line> lines) {
        var paid = status.equals("paid");
        var subtotal = lines.stream().mapToLong(Line::amount).sum();
        var discount = lines.stream().mapToLong(Line::discount).sum();
        var due = subtotal - discount;
        return INVOICE.fill(values.with("status", status)
                .with("reason", reason)
                .with("subtotal", subtotal)
                .with("due", due)
                .with("discounts", discounts(values, discount))
                .with("lines", lines.stream().map(line -> line.fill(values)).toList())
                .with("amount_paid", paid ? due : 0L)
                .with("amount_remaining", paid ? 0L : due)
                .with("paid_at", paid ? values.sample().at().getEpochSecond() : null));
    }

    private static List<Map<String, Object>> discounts(TemplateValues values, long amount) {
        return amount == 0
                ? List.of()
                : List.of(Map.of(
                        "amount",
                        amount,
                        "discount",
                        "di_" + values.sample().ids().invoice()));
    }

    /** Links a payment to the invoice that it pays. */
    static ObjectNode invoicePayment(TemplateValues values) {
        return INVOICE_PAYMENT.fill(values);
    }

    static ObjectNode subscription(TemplateValues values, String status) {
        return subscription(values, status, false);
    }

    /** An active subscription that ends with its period. */
    static ObjectNode endingSubscription(TemplateValues values) {
        return subscription(values, "active", true);
    }

    private static ObjectNode subscription(TemplateValues values, String status, boolean cancelAtPeriodEnd) {
        var ended = status.equals("canceled");
        return SUBSCRIPTION.fill(values.with("status", status)
                .with("cancel_at_period_end", cancelAtPeriodEnd)
                .with("ended_at", ended ? values.sample().at().getEpochSecond() : null));
    }
}
