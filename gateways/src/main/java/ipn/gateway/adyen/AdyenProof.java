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
 * What makes a delivery Adyen's: its password, where the account asks for one, and a signature, of the whole body or of every
 * single item. Adyen sends all items of a delivery again if it is refused, so one that is not genuine refuses them all.
 */
record AdyenProof(SignatureAuthenticator signatures, Optional<Credentials> credentials) {
    /** Adyen sends one, or a few; a stranger could make us compute for each. */
    private static final int ITEMS_MAX = 100;

    Verdict judge(Delivery delivery, Instant now) {
        if (credentials.isPresent() && !credentials.get().in(delivery, now)) {
            return new Rejected(Reason.CREDENTIALS_WRONG);
        }
        var whole = signatures.judge(delivery, now);
        var items = AdyenBody.glance(delivery.body()).map(AdyenBody::items).orElse(List.of());
        return items.isEmpty() || whole instanceof Genuine && tellNothing(items) ? whole : items(items, now);
    }

    /**
     * The same key signs whole bodies and items, and the text that is signed of an item can be read as a form. So events that
     * stand in items are believed item by item only, or one item's signature would prove whatever its merchant reference says.
     */
    private static boolean tellNothing(List<JsonField> items) {
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
