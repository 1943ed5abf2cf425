package ipn.gateway.signature;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.signature.SignatureInput.Absent;
import ipn.gateway.signature.SignatureInput.Candidate;
import ipn.gateway.signature.SignatureInput.Present;
import ipn.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The simplest scheme: one header contains one HMAC-SHA256 over the body, or over an agreed prefix and the body. No time is
 * signed, so only the event id reveals a replay. The key is the UTF-8 text of the secret.
 *
 * @param header in lower case
 * @param before the bytes signed before the body; usually empty
 */
public record HeaderSignature(String header, Encoding encoding, Bytes before) {
    private static final String VERSION = "";

    /** The text encoding of a signature. */
    public enum Encoding {
        /** Hex in lower case. */
        HEX(StrictDecoding::hex, bytes -> HexFormat.of().formatHex(bytes.array())),
        /** Base64 in the standard alphabet, with padding. */
        BASE64(StrictDecoding::base64, bytes -> Base64.getEncoder().encodeToString(bytes.array()));

        private final Function<String, Optional<Bytes>> decoder;
        private final Function<Bytes, String> encoder;

        Encoding(Function<String, Optional<Bytes>> decoder, Function<Bytes, String> encoder) {
            this.decoder = decoder;
            this.encoder = encoder;
        }
    }

    /** A signature over the body alone. */
    public HeaderSignature(String header, Encoding encoding) {
        this(header, encoding, Bytes.utf8(""));
    }

    public SignatureKey key(Secret secret) {
        return SignatureKey.hmac(secret, VERSION, Bytes.wrap(secret.utf8()));
    }

    /** The header value as the gateway writes it; for senders, that is, tests and simulators. */
    public String sign(Bytes body, String secret) {
        return encoding.encoder.apply(Hmac.SHA256.over(secret.getBytes(StandardCharsets.UTF_8), List.of(before, body)));
    }

    public SignatureInput signatureInput(Delivery delivery) {
        var values = delivery.headers(header);
        if (values.size() > 1) {
            return new Absent(Reason.SIGNATURE_AMBIGUOUS);
        }
        if (values.isEmpty() || values.get(0).isBlank()) {
            return new Absent(Reason.SIGNATURE_MISSING);
        }
        return encoding.decoder
                .apply(values.get(0))
                .<SignatureInput>map(signature ->
                        Present.timeless(List.of(before, delivery.body()), List.of(new Candidate(VERSION, signature))))
                .orElseGet(() -> new Absent(Reason.SIGNATURE_MALFORMED));
    }
}
