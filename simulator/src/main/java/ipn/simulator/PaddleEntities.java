package ipn.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Paddle's entities: transaction, adjustment, subscription. Amounts are texts of digits. */
final class PaddleEntities {
    private PaddleEntities() {}

    /** A payment that is for nothing else. */
    static Map<String, @Nullable Object> transaction(Sample sample, String status) {
        return transaction(sample, status, "web", null, null);
    }

    /** A payment for one period of a subscription. */
    static Map<String, @Nullable Object> period(Sample sample, String status) {
        return transaction(
                sample, status, "subscription_recurring", sample.ids().subscription(), during(sample));
    }

    private static Map<String, @Nullable Object> transaction(
            Sample sample, String status, String origin, @Nullable String subscription, @Nullable Object period) {
        var amount = units(sample);
        var taken = status.equals("paid") || status.equals("completed");
        var totals = Json.object(
                "subtotal",
                amount,
                "tax",
                "0",
                "total",
                amount,
                "grand_total",
                amount,
                "fee",
                status.equals("completed") ? "50" : null,
                "balance",
                taken ? "0" : amount,
                "currency_code",
                sample.amount().currency());
        var attempt = Json.object(
                "payment_attempt_id",
                "pay_" + tail(sample.ids().payment()),
                "amount",
                amount,
                "status",
                taken ? "captured" : "error",
                "error_code",
                taken ? null : "declined",
                "created_at",
                sample.at().toString());
        return Json.object(
                "id", sample.ids().payment(),
                "status", status,
                "origin", origin,
                "currency_code", sample.amount().currency(),
                "custom_data", Metadata.of(sample),
                "subscription_id", subscription,
                "billing_period", period,
                "details", Json.object("totals", totals),
                "payments", status.equals("ready") && subscription == null ? List.of() : List.of(attempt),
                "items", List.of(),
                "created_at", sample.at().toString(),
                "updated_at", sample.at().toString());
    }

    static Map<String, @Nullable Object> adjustment(Sample sample, String action, String status) {
        return Json.object(
                "id",
                "adj_" + tail(sample.ids().payment()) + (action.equals("refund") ? "" : "_" + action),
                "action",
                action,
                "type",
                "partial",
                "status",
                status,
                "reason",
                action.equals("refund") ? "requested_by_customer" : "fraud",
                "transaction_id",
                sample.ids().payment(),
                "currency_code",
                sample.amount().currency(),
                "totals",
                Json.object(
                        "total", units(sample), "currency_code", sample.amount().currency()),
                "created_at",
                sample.at().toString(),
                "updated_at",
                sample.at().toString());
    }

    static Map<String, @Nullable Object> subscription(Sample sample, String status) {
        return Json.object(
                "id", sample.ids().subscription(),
                "status", status,
                "currency_code", sample.amount().currency(),
                "custom_data", Metadata.of(sample),
                "current_billing_period", status.equals("canceled") ? null : during(sample),
                "scheduled_change", null,
                "canceled_at", status.equals("canceled") ? sample.at().toString() : null,
                "items", List.of(),
                "created_at", sample.at().toString(),
                "updated_at", sample.at().toString());
    }

    /** Active, and canceled with its period. */
    static Map<String, @Nullable Object> endingSubscription(Sample sample) {
        var subscription = subscription(sample, "active");
        subscription.put(
                "scheduled_change",
                Json.object(
                        "action",
                        "cancel",
                        "effective_at",
                        sample.period().until().toString(),
                        "resume_at",
                        null));
        return subscription;
    }

    private static Map<String, @Nullable Object> during(Sample sample) {
        return Json.object(
                "starts_at", sample.period().from().toString(),
                "ends_at", sample.period().until().toString());
    }

    private static String units(Sample sample) {
        return Long.toString(sample.amount().minorUnits());
    }

    private static String tail(String id) {
        return StripePayments.tail(id);
    }
}
