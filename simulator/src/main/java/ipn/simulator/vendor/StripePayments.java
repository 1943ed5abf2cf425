package ipn.simulator.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.simulator.template.JsonTemplate;
import ipn.simulator.template.TemplateValues;

/** Stripe's objects about money: payment intent, charge, refund, dispute, early fraud warning. */
final class StripePayments {
    private static final JsonTemplate INTENT = JsonTemplate.load("stripe/payment-intent.json");
    private static final JsonTemplate ERROR = JsonTemplate.load("stripe/payment-error.json");
    private static final JsonTemplate REFUNDED_CHARGE = JsonTemplate.load("stripe/refunded-charge.json");
    private static final JsonTemplate REFUND = JsonTemplate.load("stripe/refund.json");
    private static final JsonTemplate DISPUTE = JsonTemplate.load("stripe/dispute.json");
    private static final JsonTemplate FRAUD_WARNING = JsonTemplate.load("stripe/fraud-warning.json");

    private StripePayments() {}

    static ObjectNode intent(TemplateValues values, String status) {
        var amount = values.sample().amount().minorUnits();
        return INTENT.fill(values.with("status", status)
                .with("capturable", status.equals("requires_capture") ? amount : 0L)
                .with("received", status.equals("succeeded") ? amount : 0L)
                .with("cancellation_reason", status.equals("canceled") ? "requested_by_customer" : null)
                .with("error", status.equals("requires_payment_method") ? ERROR.fill(values) : null));
    }

    /** A charge that was refunded in full. */
    static ObjectNode refundedCharge(TemplateValues values) {
        return REFUNDED_CHARGE.fill(values);
    }

    static ObjectNode refund(TemplateValues values, String status) {
        return refund(values, status, values.sample().amount().minorUnits());
    }

    /** A refund of three fifths of the payment. */
    static ObjectNode refundOfPart(TemplateValues values) {
        return refund(values, "succeeded", values.sample().amount().minorUnits() * 3 / 5);
    }

    private static ObjectNode refund(TemplateValues values, String status, long amount) {
        return REFUND.fill(values.with("status", status).with("refunded", amount));
    }

    static ObjectNode dispute(TemplateValues values, String status) {
        return dispute(values, status, values.sample().amount().minorUnits());
    }

    /** A lost dispute about two fifths of the payment. */
    static ObjectNode disputeOfPart(TemplateValues values) {
        return dispute(values, "lost", values.sample().amount().minorUnits() * 2 / 5);
    }

    private static ObjectNode dispute(TemplateValues values, String status, long amount) {
        return DISPUTE.fill(values.with("status", status).with("disputed", amount));
    }

    static ObjectNode fraudWarning(TemplateValues values) {
        return FRAUD_WARNING.fill(values);
    }
}
