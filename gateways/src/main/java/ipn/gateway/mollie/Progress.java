package ipn.gateway.mollie;

import ipn.gateway.content.JsonField;
import java.util.List;

/**
 * How far a payment and everything about it came, as one number. A payment that is looked up tells no time of its own
 * change; but its status, what was captured, each refund and each chargeback only ever move forward, so the sum grows with every
 * change, and of two looks the later one has more.
 */
final class Progress {
    /** What it is read from, and what else the event key of a document is made of. */
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

    /** Where they are not listed, the total has to do: it shrinks only when a refund fails. */
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

    /** The digits of an amount; 0 where it is none, which the translation refuses. */
    static long units(JsonField payment, String amount) {
        return payment.at(amount)
                .at("value")
                .glance()
                .filter(value -> value.matches("[0-9]{1,12}(\\.[0-9]{1,3})?"))
                .map(value -> Long.valueOf(value.replace(".", "")))
                .orElse(0L);
    }
}
