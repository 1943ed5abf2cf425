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
 * One item of a standard webhook. Signed are its two references, the merchant account and the merchant's reference, the
 * amount, the event code and whether it succeeded; nothing else is, neither the time nor anything in additionalData.
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

    /** Told about a payment by the payer's bank; official examples of some of them do not name the payment. */
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

    /** The text here; empty where there is none. */
    String text(String name) {
        return at(name).glance().orElse("");
    }

    /** Base64, or blank. */
    String signature() {
        return additionalData().at("hmacSignature").glance().orElse("");
    }

    /**
     * What is signed. Colons are not escaped, so where fields begin is told by what the others may hold: in what we
     * understand, only the merchant's own reference may hold one. Other events (a report is named by its time) mean nothing to
     * us, and their code cannot be moved: there is no colon behind it.
     *
     * @return empty where this could be read two ways
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

    /** The id on which the facts of this payment meet: that of the payment, where it says so, else what stands for it. */
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

    /** Stands for a payment that is known by the merchant's reference alone. */
    String standIn() {
        return "reference:" + text("merchantReference");
    }
}
