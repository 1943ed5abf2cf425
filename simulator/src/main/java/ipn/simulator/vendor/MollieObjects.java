package ipn.simulator.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Mollie's objects as its API shows them: payment, refund, chargeback. */
final class MollieObjects {
    private static final JsonTemplate PAYMENT = JsonTemplate.load("mollie/payment.json");
    private static final JsonTemplate REFUND = JsonTemplate.load("mollie/refund.json");
    private static final JsonTemplate CHARGEBACK = JsonTemplate.load("mollie/chargeback.json");

    private MollieObjects() {}

    static ObjectNode payment(TemplateValues values, String status) {
        var sample = values.sample();
        return payment(values, status, "oneoff", sample.at(), Optional.empty());
    }

    /** A payment for one period of a subscription, created when that period starts. */
    static ObjectNode renewal(TemplateValues values, String status) {
        var sample = values.sample();
        var subscription = Optional.of(sample.ids().subscription());
        return payment(values, status, "recurring", sample.period().from(), subscription);
    }

    private static ObjectNode payment(
            TemplateValues values, String status, String sequence, Instant createdAt, Optional<String> subscription) {
        Supplier<String> at = () -> values.sample().at().toString();
        return PAYMENT.fill(values.with("status", status)
                .with("sequence_type", sequence)
                .with("created_at", createdAt.toString())
                .withIf(status.equals("paid"), "paid_at", at)
                .withIf(status.equals("failed"), "failed_at", at)
                .withIf(status.equals("canceled"), "canceled_at", at)
                .withIf(status.equals("expired"), "expired_at", at)
                .with("subscription_id", subscription));
    }

    static ObjectNode refund(TemplateValues values, String status) {
        return REFUND.fill(values.with("status", status));
    }

    static ObjectNode chargeback(TemplateValues values, boolean reversed) {
        return CHARGEBACK.fill(
                values.with("reversed_at", reversed ? values.sample().at().toString() : null));
    }
}
