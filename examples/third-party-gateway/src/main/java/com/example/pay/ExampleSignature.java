package com.example.pay;

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
import java.util.HexFormat;
import java.util.List;

/** {@code Example-Signature: <hex>}: HMAC-SHA256 over the body. No time is signed. */
final class ExampleSignature {
    static final String HEADER = "example-signature";
    private static final String VERSION = "v1";

    private ExampleSignature() {}

    static SignatureKey key(Secret secret) {
        return SignatureKey.hmac(secret, VERSION, Bytes.wrap(secret.utf8()));
    }

    static SignatureInput signatureInput(Delivery delivery) {
        var values = delivery.headers(HEADER);
        if (values.size() > 1) {
            return new Absent(Reason.SIGNATURE_AMBIGUOUS);
        }
        if (values.isEmpty() || values.get(0).isBlank()) {
            return new Absent(Reason.SIGNATURE_MISSING);
        }
        return StrictDecoding.hex(values.get(0))
                .<SignatureInput>map(signature ->
                        Present.timeless(List.of(delivery.body()), List.of(new Candidate(VERSION, signature))))
                .orElse(new Absent(Reason.SIGNATURE_MALFORMED));
    }

    /** What Example Pay sends with a body: for tests. */
    static String sign(Bytes body, String secret) {
        var signature = Hmac.SHA256.over(secret.getBytes(StandardCharsets.UTF_8), List.of(body));
        return HexFormat.of().formatHex(signature.array());
    }
}
