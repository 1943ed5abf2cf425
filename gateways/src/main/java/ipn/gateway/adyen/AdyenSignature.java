package ipn.gateway.adyen;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.signature.Hmac;
import ipn.gateway.signature.SignatureInput;
import ipn.gateway.signature.SignatureInput.Absent;
import ipn.gateway.signature.SignatureInput.Candidate;
import ipn.gateway.signature.SignatureInput.Present;
import ipn.gateway.signature.SignatureKey;
import ipn.settings.Secret;
import ipn.settings.Settings;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * HMAC-SHA256 in base64 with a key written in hex. Of a standard webhook each item is signed by itself: eight of its fields,
 * joined by colons and not escaped, see {@link AdyenItem}; the signature is in {@code additionalData.hmacSignature}. The
 * other families sign the whole body and send {@code HmacSignature} as a header.
 */
public final class AdyenSignature {
    static final String HEADER = "hmacsignature";
    private static final String SCHEME = "hmac";
    private static final String SECRET = "[0-9A-Fa-f]{64}";

    private AdyenSignature() {}

    /**
     * The signature of a standard item, or of a whole body: for senders, that is for tests and simulators.
     *
     * @param message the eight fields joined by colons, or the body
     * @param secret 64 hex digits
     */
    public static String sign(Bytes message, String secret) {
        var signature = Hmac.SHA256.over(HexFormat.of().parseHex(secret), List.of(message));
        return Base64.getEncoder().encodeToString(signature.array());
    }

    static boolean isSecret(Secret secret, Settings settings) {
        var isSecret = secret.text().matches(SECRET);
        if (!isSecret) {
            settings.problems()
                    .add(
                            settings.full("secrets"),
                            secret.id() + " is something else",
                            "an endpoint's HMAC key of 64 hex digits, not an API key");
        }
        return isSecret;
    }

    static SignatureKey key(Secret secret) {
        return SignatureKey.hmac(secret, SCHEME, Bytes.wrap(HexFormat.of().parseHex(secret.text())));
    }

    /** Of the whole body. */
    static SignatureInput claimInHeader(Delivery delivery) {
        var values = delivery.headers(HEADER);
        if (values.size() > 1) {
            return new Absent(Reason.SIGNATURE_AMBIGUOUS);
        }
        return values.isEmpty() ? new Absent(Reason.SIGNATURE_MISSING) : claim(values.get(0), delivery.body());
    }

    /** Of one item. */
    static SignatureInput signatureInput(AdyenItem item) {
        return item.signed()
                .map(signed -> claim(item.signature(), Bytes.utf8(signed)))
                .orElse(new Absent(Reason.SIGNATURE_MALFORMED));
    }

    private static SignatureInput claim(String signature, Bytes message) {
        if (signature.isBlank()) {
            return new Absent(Reason.SIGNATURE_MISSING);
        }
        return StrictDecoding.base64(signature)
                .<SignatureInput>map(bytes -> Present.timeless(List.of(message), List.of(new Candidate(SCHEME, bytes))))
                .orElse(new Absent(Reason.SIGNATURE_MALFORMED));
    }
}
