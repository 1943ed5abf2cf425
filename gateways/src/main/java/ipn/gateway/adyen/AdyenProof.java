package ipn.gateway.adyen;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.JsonField;
import ipn.gateway.signature.SignatureAuthenticator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Authenticates a delivery: the password, if the account configures one, and a signature over the whole body or over each
 * item. Adyen resends all items of a rejected delivery, so one item that is not genuine rejects the whole delivery.
 */
record AdyenProof(SignatureAuthenticator signatures, Optional<Credentials> credentials) {
    /** Adyen sends one item or a few; the limit bounds the work that an unauthenticated sender can cause. */
    private static final int ITEMS_MAX = 100;

    Verdict judge(Delivery delivery, Instant now) {
        if (credentials.isPresent() && !credentials.get().in(delivery, now)) {
            return new Rejected(Reason.CREDENTIALS_WRONG);
        }
        return judgeSignatures(delivery, now);
    }

    /** Judges a delivery without its password. */
    Verdict judgeSignatures(Delivery delivery, Instant now) {
        var whole = signatures.judge(delivery, now);
        var items = AdyenBody.glance(delivery.body()).map(AdyenBody::items).orElse(List.of());
        return items.isEmpty() || whole instanceof Genuine && haveNoEventCode(items) ? whole : items(items, now);
    }

    /**
     * The same key signs whole bodies and items, and the signed text of an item could also parse as a form. Items with an event
     * code are therefore verified per item only; otherwise an item whose merchant reference contains a forged body would
     * authenticate that body.
     */
    private static boolean haveNoEventCode(List<JsonField> items) {
        return items.stream().noneMatch(item -> item.at("eventCode").isPresent());
    }

    private Verdict items(List<JsonField> items, Instant now) {
        if (items.size() > ITEMS_MAX) {
            return new Rejected(Reason.SIGNATURE_MALFORMED);
        }
        var verdicts = items.stream()
                .map(item -> signatures.judge(AdyenSignature.signatureInput(new AdyenItem(item)), now))
                .toList();
        return verdicts.stream()
                .filter(verdict -> !(verdict instanceof Genuine))
                .findFirst()
                .orElse(verdicts.get(0));
    }
}
