package ipn.gateway.mollie;

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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * {@code X-Mollie-Signature: sha256=<hex>}: HMAC-SHA256 over the body. For a day after a secret was changed there are two, in
 * two headers or behind a comma. Mollie's libraries take the hex without its prefix, too; so do we. No time is signed.
 */
public final class MollieSignature {
    static final String HEADER = "x-mollie-signature";

    private static final String SCHEME = "sha256";
    private static final String PREFIX = "sha256=";

    private MollieSignature() {}

    /** The header value Mollie sends with a body: for senders, that is for tests and simulators. */
    public static String sign(byte[] body, String secret) {
        var key = secret.getBytes(StandardCharsets.UTF_8);
        return PREFIX
                + HexFormat.of()
                        .formatHex(
                                Hmac.SHA256.over(key, List.of(Bytes.wrap(body))).array());
    }

    static SignatureKey key(Secret secret) {
        return SignatureKey.hmac(secret, SCHEME, Bytes.wrap(secret.utf8()));
    }

    static SignatureInput signatureInput(Delivery delivery) {
        var candidates = new ArrayList<Candidate>();
        var any = false;
        for (var value : delivery.headers(HEADER)) {
            any |= !value.isBlank();
            for (var part : value.split(",", -1)) {
                var hex = part.strip();
                StrictDecoding.hex(hex.startsWith(PREFIX) ? hex.substring(PREFIX.length()) : hex)
                        .ifPresent(signature -> candidates.add(new Candidate(SCHEME, signature)));
            }
        }
        if (candidates.isEmpty()) {
            return new Absent(any ? Reason.SIGNATURE_MALFORMED : Reason.SIGNATURE_MISSING);
        }
        return Present.timeless(List.of(delivery.body()), candidates);
    }
}
