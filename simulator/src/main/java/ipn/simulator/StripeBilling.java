package ipn.simulator;

import static ipn.simulator.StripePayments.currency;
import static ipn.simulator.StripePayments.tail;

import java.util.List;
import java.util.Map;

/** Stripe's objects about subscriptions: invoice, what paid it, subscription. */
final class StripeBilling {
    private StripeBilling() {}

    /** An invoice for one period of a subscription: paid, or open because an attempt to collect failed. */
    static Map<String, ?> invoice(Sample sample, String status) {
        var paid = status.equals("paid");
        var amount = sample.amount().minorUnits();
        return Json.object(
                "id",
                sample.ids().bill(),
                "object",
                "invoice",
                "amount_due",
                amount,
                "amount_paid",
                paid ? amount : 0,
                "amount_remaining",
                paid ? 0 : amount,
                "attempt_count",
                1,
                "attempted",
                true,
                "billing_reason",
                "subscription_cycle",
                "created",
                sample.at().getEpochSecond(),
                "currency",
                currency(sample),
                "lines",
                Json.object("data", List.of(line(sample)), "has_more", false, "object", "list"),
                "metadata",
                Map.of(),
                "parent",
                Json.object(
                        "quote_details",
                        null,
                        "subscription_details",
                        Json.object(
                                "metadata", Metadata.of(sample),
                                "subscription", sample.ids().subscription()),
                        "type",
                        "subscription_details"),
                "period_end",
                sample.at().getEpochSecond(),
                "period_start",
                sample.at().getEpochSecond(),
                "status",
                status,
                "status_transitions",
                Json.object("paid_at", paid ? sample.at().getEpochSecond() : null),
                "subtotal",
                amount,
                "total",
                amount);
    }

    private static Map<String, ?> line(Sample sample) {
        return Json.object(
                "id", "il_" + tail(sample.ids().bill()),
                "object", "line_item",
                "amount", sample.amount().minorUnits(),
                "currency", currency(sample),
                "invoice", sample.ids().bill(),
                "metadata", Metadata.of(sample),
                "parent",
                        Json.object(
                                "invoice_item_details",
                                null,
                                "subscription_item_details",
                                Json.object(
                                        "proration",
                                        false,
                                        "subscription",
                                        sample.ids().subscription()),
                                "type",
                                "subscription_item_details"),
                "period",
                        Json.object(
                                "end",
                                sample.period().until().getEpochSecond(),
                                "start",
                                sample.period().from().getEpochSecond()),
                "quantity", 1);
    }

    /** Says only that a payment settles an invoice. */
    static Map<String, ?> invoicePayment(Sample sample) {
        var amount = sample.amount().minorUnits();
        return Json.object(
                "id",
                "inpay_" + tail(sample.ids().bill()),
                "object",
                "invoice_payment",
                "amount_paid",
                amount,
                "amount_requested",
                amount,
                "created",
                sample.at().getEpochSecond(),
                "currency",
                currency(sample),
                "invoice",
                sample.ids().bill(),
                "is_default",
                true,
                "payment",
                Json.object("payment_intent", sample.ids().payment(), "type", "payment_intent"),
                "status",
                "paid",
                "status_transitions",
                Json.object("canceled_at", null, "paid_at", sample.at().getEpochSecond()));
    }

    /** A subscription; {@code will_cancel} is active and ends with its period. */
    static Map<String, ?> subscription(Sample sample, String status) {
        var ends = status.equals("will_cancel");
        var item = Json.object(
                "id",
                "si_" + tail(sample.ids().subscription()),
                "object",
                "subscription_item",
                "current_period_end",
                sample.period().until().getEpochSecond(),
                "current_period_start",
                sample.period().from().getEpochSecond(),
                "quantity",
                1);
        return Json.object(
                "id",
                sample.ids().subscription(),
                "object",
                "subscription",
                "cancel_at",
                null,
                "cancel_at_period_end",
                ends,
                "canceled_at",
                status.equals("canceled") ? sample.at().getEpochSecond() : null,
                "created",
                sample.at().getEpochSecond(),
                "currency",
                currency(sample),
                "ended_at",
                status.equals("canceled") ? sample.at().getEpochSecond() : null,
                "items",
                Json.object("data", List.of(item), "has_more", false, "object", "list"),
                "latest_invoice",
                sample.ids().bill(),
                "metadata",
                Metadata.of(sample),
                "start_date",
                sample.at().getEpochSecond(),
                "status",
                ends ? "active" : status,
                "trial_end",
                null);
    }
}
