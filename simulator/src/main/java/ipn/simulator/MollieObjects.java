package ipn.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mollie's objects as its API shows them: payment, refund, chargeback. */
final class MollieObjects {
    private MollieObjects() {}

    static Map<String, @Nullable Object> payment(Sample sample, String status) {
        return payment(sample, status, sample.at());
    }

    /** A payment for one period of a subscription, created when that began. */
    static Map<String, @Nullable Object> renewal(Sample sample, String status) {
        var payment = payment(sample, status, sample.period().from());
        payment.put("sequenceType", "recurring");
        payment.put("subscriptionId", sample.ids().subscription());
        return payment;
    }

    private static Map<String, @Nullable Object> payment(Sample sample, String status, Instant createdAt) {
        var payment = Json.object(
                "resource",
                "payment",
                "id",
                sample.ids().payment(),
                "mode",
                "test",
                "createdAt",
                createdAt.toString(),
                "amount",
                amount(sample),
                "description",
                "Simulated",
                "metadata",
                Metadata.of(sample),
                "status",
                status,
                "sequenceType",
                "oneoff",
                "_embedded",
                Json.object("refunds", List.of(), "chargebacks", List.of()));
        if (!status.equals("open")) {
            payment.put(status + "At", sample.at().toString());
        }
        return payment;
    }

    static Map<String, @Nullable Object> refund(Sample sample, String status) {
        return Json.object(
                "resource",
                "refund",
                "id",
                "re_" + tail(sample),
                "mode",
                "test",
                "amount",
                amount(sample),
                "paymentId",
                sample.ids().payment(),
                "status",
                status,
                "metadata",
                null,
                "createdAt",
                sample.at().toString());
    }

    static Map<String, @Nullable Object> chargeback(Sample sample, boolean reversed) {
        return Json.object(
                "resource", "chargeback",
                "id", "chb_" + tail(sample),
                "amount", amount(sample),
                "reason", Json.object("code", "AC01", "description", "Account identifier incorrect"),
                "paymentId", sample.ids().payment(),
                "createdAt", sample.at().toString(),
                "reversedAt", reversed ? sample.at().toString() : null);
    }

    private static Map<String, @Nullable Object> amount(Sample sample) {
        return Decimals.object("value", sample.amount());
    }

    private static String tail(Sample sample) {
        return StripePayments.tail(sample.ids().payment());
    }
}
