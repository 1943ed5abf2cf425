package ipn.gateway.adyen;

import com.fasterxml.jackson.core.JsonPointer;
import ipn.gateway.content.JsonField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One item of a standard webhook. Its signature covers the two PSP references, the merchant account, the merchant reference,
 * the amount, the event code and {@code success}. It does not cover the time or {@code additionalData}.
 */
record AdyenItem(JsonField json) {
    private static final List<JsonPointer> SIGNED = Stream.of(
                    "/pspReference",
                    "/originalReference",
                    "/merchantAccountCode",
                    "/merchantReference",
                    "/amount/value",
                    "/amount/currency",
                    "/eventCode",
                    "/success")
            .map(JsonPointer::compile)
            .toList();

    /** Events raised by the payer's bank; official examples of some of them do not name the payment. */
    private static final Set<String> DISPUTES = Set.of(
            "REQUEST_FOR_INFORMATION",
            "NOTIFICATION_OF_CHARGEBACK",
            "CHARGEBACK",
            "CHARGEBACK_REVERSED",
            "SECOND_CHARGEBACK",
            "PREARBITRATION_WON",
            "PREARBITRATION_LOST",
            "DISPUTE_DEFENSE_PERIOD_ENDED",
            "ISSUER_RESPONSE_TIMEFRAME_EXPIRED");

    private static final String PLAIN = "[A-Za-z0-9_.-]{1,200}";
    private static final String INTEGER = "-?[0-9]{1,20}";

    JsonField at(String name) {
        return json.at(name);
    }

    JsonField additionalData() {
        return json.at("additionalData");
    }

    /** The text of a field; empty if absent. */
    String text(String name) {
        return at(name).glance().orElse("");
    }

    /** The signature in Base64; empty if absent. */
    String signature() {
        return additionalData().at("hmacSignature").glance().orElse("");
    }

    /**
     * The signed text. Adyen does not escape colons, so field boundaries are unambiguous only if at most one field may contain
     * a colon. In the events we translate, only the merchant reference may contain one. Other events (a report's name contains
     * its time) yield no facts, and no colon can follow their event code, so its boundary is fixed.
     *
     * @return empty if the signed text would be ambiguous
     */
    Optional<String> signed() {
        var texts = new ArrayList<String>();
        for (var pointer : SIGNED) {
            var field = json.at(pointer);
            var text = field.isPresent() ? field.glance() : Optional.of("");
            if (text.isEmpty() || !StandardCharsets.UTF_8.newEncoder().canEncode(text.get())) {
                return Optional.empty();
            }
            texts.add(text.get());
        }
        return hasOneReading(texts) ? Optional.of(String.join(":", texts)) : Optional.empty();
    }

    private static boolean hasOneReading(List<String> texts) {
        var code = texts.get(6);
        var ends = code.matches(PLAIN) && texts.get(7).matches("true|false");
        return ends
                && (!AdyenTranslator.understands(code)
                        || texts.get(0).matches(PLAIN)
                                && (texts.get(1).isEmpty() || texts.get(1).matches(PLAIN))
                                && texts.get(2).matches(PLAIN)
                                && texts.get(4).matches(INTEGER)
                                && texts.get(5).matches(PLAIN));
    }

    /** The payment id for the payment key: the payment's own id if the item names it, else its substitute. */
    String paymentId(boolean referenceIsUnique) {
        var original = text("originalReference");
        if (!original.isEmpty()) {
            return original;
        }
        var nameless = DISPUTES.contains(text("eventCode"))
                && referenceIsUnique
                && !text("merchantReference").isEmpty();
        return nameless ? standIn() : text("pspReference");
    }

    /** Substitute id of a payment that is identified by the merchant reference only. */
    String standIn() {
        return "reference:" + text("merchantReference");
    }
}
