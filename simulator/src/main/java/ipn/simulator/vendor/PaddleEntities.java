package ipn.simulator.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.util.Optional;

/** Paddle's entities: transaction, adjustment, subscription. Amounts are texts of digits. */
final class PaddleEntities {
    private static final JsonTemplate TRANSACTION = JsonTemplate.load("paddle/transaction.json");
    private static final JsonTemplate ATTEMPT = JsonTemplate.load("paddle/payment-attempt.json");
    private static final JsonTemplate PERIOD = JsonTemplate.load("paddle/billing-period.json");
    private static final JsonTemplate ADJUSTMENT = JsonTemplate.load("paddle/adjustment.json");
    private static final JsonTemplate SUBSCRIPTION = JsonTemplate.load("paddle/subscription.json");
    private static final JsonTemplate CANCELLATION = JsonTemplate.load("paddle/scheduled-cancellation.json");

    private PaddleEntities() {}

    /** A payment without a subscription. */
    static ObjectNode transaction(TemplateValues values, String status) {
        var attempted = !status.equals("ready");
        return transaction(
                values.with("origin", "web").with("subscription_id", null).with("billing_period", null),
                status,
                attempted ? Optional.of(attempt(values, status)) : Optional.empty());
    }

    /** A payment for one period of a subscription. */
    static ObjectNode period(TemplateValues values, String status) {
        return transaction(
                values.with("origin", "subscription_recurring")
                        .with("subscription_id", values.sample().ids().subscription())
                        .with("billing_period", PERIOD.fill(values)),
                status,
                Optional.of(attempt(values, status)));
    }

    private static ObjectNode transaction(TemplateValues values, String status, Optional<ObjectNode> attempt) {
        return TRANSACTION.fill(values.with("status", status)
                .with("fee", status.equals("completed") ? "50" : null)
                .with(
                        "balance",
                        isPaid(status)
                                ? "0"
                                : Long.toString(values.sample().amount().minorUnits()))
                .with("attempt", attempt));
    }

    private static ObjectNode attempt(TemplateValues values, String status) {
        return ATTEMPT.fill(values.with("status", isPaid(status) ? "captured" : "error")
                .with("error_code", isPaid(status) ? null : "declined"));
    }

    private static boolean isPaid(String status) {
        return status.equals("paid") || status.equals("completed");
    }

    static ObjectNode adjustment(TemplateValues values, String action, String status) {
        var refund = action.equals("refund");
        return ADJUSTMENT.fill(values.with("action", action)
                .with("status", status)
                .with("id_suffix", refund ? "" : "_" + action)
                .with("reason", refund ? "requested_by_customer" : "fraud"));
    }

    static ObjectNode subscription(TemplateValues values, String status) {
        return subscription(values.with("scheduled_change", null), values, status);
    }

    /** An active subscription that ends with its period. */
    static ObjectNode endingSubscription(TemplateValues values) {
        return subscription(values.with("scheduled_change", CANCELLATION.fill(values)), values, "active");
    }

    private static ObjectNode subscription(TemplateValues changed, TemplateValues values, String status) {
        var canceled = status.equals("canceled");
        return SUBSCRIPTION.fill(changed.with("status", status)
                .with("billing_period", canceled ? null : PERIOD.fill(values))
                .with("canceled_at", canceled ? values.sample().at().toString() : null));
    }
}
