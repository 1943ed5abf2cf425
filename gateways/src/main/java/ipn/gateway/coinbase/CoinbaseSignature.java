package ipn.gateway.coinbase;

import ipn.gateway.Bytes;
import ipn.gateway.Delivery;
import ipn.gateway.Hmac;
import ipn.gateway.SignatureKey;
import ipn.gateway.SignedClaim;
import ipn.gateway.SignedClaim.Absent;
import ipn.gateway.SignedClaim.Candidate;
import ipn.gateway.SignedClaim.Present;
import ipn.gateway.StrictDecoding;
import ipn.gateway.TimedSignature;
import ipn.gateway.Verdict.Reason;
import ipn.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * Two schemes. Commerce: {@code X-CC-Webhook-Signature: <hex>}, HMAC-SHA256 over the body alone. Successors:
 * {@code X-Hook0-Signature: t=<unix seconds>,v0=<hex>[,h=<names>,v1=<hex>]}, where {@code v0} is HMAC-SHA256 over the seconds,
 * a dot and the body. How {@code v1} is made is not confirmed, so it proves nothing here.
 */
public final class CoinbaseSignature {
    static final String COMMERCE_HEADER = "x-cc-webhook-signature";
    static final String HOOK0_HEADER = "x-hook0-signature";

    private static final String COMMERCE = "commerce";
    private static final String HOOK0 = "v0";
    private static final TimedSignature HOOK0_FORM = new TimedSignature(HOOK0_HEADER, ",", "t", HOOK0, ".");

    private CoinbaseSignature() {}

    /** The value of {@code X-CC-Webhook-Signature}: for senders, that is for tests and simulators. */
    public static String signCommerce(byte[] body, String secret) {
        var key = secret.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of()
                .formatHex(Hmac.SHA256.over(key, List.of(Bytes.wrap(body))).array());
    }

    /** The value of {@code X-Hook0-Signature}: for senders, that is for tests and simulators. */
    public static String signHook0(byte[] body, String secret, Instant at) {
        return HOOK0_FORM.sign(body, secret, at);
    }

    static SignatureKey commerceKey(Secret secret) {
        return SignatureKey.hmac(secret, COMMERCE, Bytes.wrap(secret.utf8()));
    }

    static SignatureKey hook0Key(Secret secret) {
        return SignatureKey.hmac(secret, HOOK0, Bytes.wrap(secret.utf8()));
    }

    /** Nobody sends both headers; what does is not to be judged by whichever fits. */
    static SignedClaim claimIn(Delivery delivery) {
        var commerce = delivery.headers(COMMERCE_HEADER);
        if (commerce.isEmpty()) {
            return HOOK0_FORM.claimIn(delivery);
        }
        if (commerce.size() > 1 || !delivery.headers(HOOK0_HEADER).isEmpty()) {
            return new Absent(Reason.SIGNATURE_AMBIGUOUS);
        }
        return commerce(commerce.get(0), delivery.body());
    }

    private static SignedClaim commerce(String value, Bytes body) {
        if (value.isBlank()) {
            return new Absent(Reason.SIGNATURE_MISSING);
        }
        return StrictDecoding.hex(value)
                .<SignedClaim>map(
                        signature -> Present.timeless(List.of(body), List.of(new Candidate(COMMERCE, signature))))
                .orElseGet(() -> new Absent(Reason.SIGNATURE_MALFORMED));
    }
}
