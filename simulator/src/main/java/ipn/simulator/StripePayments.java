package ipn.simulator;

import java.util.Locale;
import java.util.Map;

/** Stripe's objects about money: payment intent, charge, refund, dispute, early fraud warning. */
final class StripePayments {
    private StripePayments() {}

    static Map<String, ?> intent(Sample sample, String status) {
        var amount = sample.amount().minorUnits();
        return Json.object(
                "id",
                sample.ids().payment(),
                "object",
                "payment_intent",
                "amount",
                amount,
                "amount_capturable",
                status.equals("requires_capture") ? amount : 0,
                "amount_received",
                status.equals("succeeded") ? amount : 0,
                "cancellation_reason",
                status.equals("canceled") ? "requested_by_customer" : null,
                "created",
                sample.at().getEpochSecond(),
                "currency",
                currency(sample),
                "customer",
                null,
                "last_payment_error",
                status.equals("requires_payment_method")
                        ? Json.object("code", "card_declined", "decline_code", "generic_decline", "type", "card_error")
                        : null,
                "latest_charge",
                chargeId(sample),
                "metadata",
                Metadata.of(sample),
                "status",
                status);
    }

    /** A charge given back whole. */
    static Map<String, ?> refundedCharge(Sample sample) {
        var amount = sample.amount().minorUnits();
        return Json.object(
                "id",
                chargeId(sample),
                "object",
                "charge",
                "amount",
                amount,
                "amount_captured",
                amount,
                "amount_refunded",
                amount,
                "captured",
                true,
                "created",
                sample.at().getEpochSecond(),
                "currency",
                currency(sample),
                "metadata",
                Metadata.of(sample),
                "paid",
                true,
                "payment_intent",
                sample.ids().payment(),
                "refunded",
                true,
                "status",
                "succeeded");
    }

    static Map<String, ?> refund(Sample sample, String status) {
        return Json.object(
                "id", "re_" + tail(sample.ids().payment()),
                "object", "refund",
                "amount", sample.amount().minorUnits(),
                "charge", chargeId(sample),
                "created", sample.at().getEpochSecond(),
                "currency", currency(sample),
                "metadata", Map.of(),
                "payment_intent", sample.ids().payment(),
                "reason", "requested_by_customer",
                "status", status);
    }

    static Map<String, ?> dispute(Sample sample, String status) {
        return Json.object(
                "id", "dp_" + tail(sample.ids().payment()),
                "object", "dispute",
                "amount", sample.amount().minorUnits(),
                "balance_transactions", java.util.List.of(),
                "charge", chargeId(sample),
                "created", sample.at().getEpochSecond(),
                "currency", currency(sample),
                "metadata", Map.of(),
                "payment_intent", sample.ids().payment(),
                "reason", "fraudulent",
                "status", status);
    }

    static Map<String, ?> fraudWarning(Sample sample) {
        return Json.object(
                "id",
                "issfr_" + tail(sample.ids().payment()),
                "object",
                "radar.early_fraud_warning",
                "actionable",
                true,
                "charge",
                chargeId(sample),
                "created",
                sample.at().getEpochSecond(),
                "fraud_type",
                "made_with_stolen_card",
                "payment_intent",
                sample.ids().payment());
    }

    static String currency(Sample sample) {
        return sample.amount().currency().toLowerCase(Locale.ROOT);
    }

    static String tail(String id) {
        return id.substring(id.indexOf('_') + 1);
    }

    private static String chargeId(Sample sample) {
        return "ch_" + tail(sample.ids().payment());
    }
}
