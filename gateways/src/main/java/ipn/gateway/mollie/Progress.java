package ipn.gateway.mollie;

import ipn.gateway.content.JsonField;
import java.util.List;

/**
 * The progress of a payment with its refunds and chargebacks, as one number. A fetched payment does not contain the time of
 * its last change. But its status, captured amount, refunds and chargebacks only move forward, so their sum grows with every
 * change, and the later of two look-ups has the larger sum.
 */
final class Progress {
    /** The fields of the sum, and the other fields of a document's event key. */
    static final List<String> POINTERS = List.of(
            "/id",
            "/status",
            "/amountCaptured/value",
            "/amountRefunded/value",
            "/amountChargedBack/value",
            "/_embedded/refunds",
            "/_embedded/chargebacks");

    private Progress() {}

    static long of(JsonField payment) {
        return rank(payment.at("status").code())
                + units(payment, "amountCaptured")
                + refunds(payment)
                + chargebacks(payment);
    }

    /** Uses the total if refunds are not listed; it shrinks only when a refund fails. */
    private static long refunds(JsonField payment) {
        var listed = payment.at("_embedded").at("refunds");
        return listed.isPresent()
                ? listed.elements().stream()
                        .mapToLong(refund -> refundRank(refund.at("status").code()))
                        .sum()
                : units(payment, "amountRefunded");
    }

    private static long chargebacks(JsonField payment) {
        return payment.at("_embedded").at("chargebacks").elements().stream()
                .mapToLong(chargeback -> chargeback.at("reversedAt").isPresent() ? 2 : 1)
                .sum();
    }

    static long refundRank(String status) {
        return switch (status) {
            case "queued" -> 1;
            case "pending" -> 2;
            case "processing" -> 3;
            case "refunded" -> 4;
            // banks send refunds back days after they succeeded; nothing follows
            case "failed", "canceled" -> 5;
            default -> 0;
        };
    }

    private static long rank(String status) {
        return switch (status) {
            case "open" -> 1;
            case "pending" -> 2;
            case "authorized" -> 3;
            case "failed", "canceled", "expired" -> 4;
            case "paid" -> 5;
            default -> 0;
        };
    }

    /** The digits of an amount; 0 if it is invalid, which the translation refuses. */
    static long units(JsonField payment, String amount) {
        return payment.at(amount)
                .at("value")
                .glance()
                .filter(value -> value.matches("[0-9]{1,12}(\\.[0-9]{1,3})?"))
                .map(value -> Long.valueOf(value.replace(".", "")))
                .orElse(0L);
    }
}
