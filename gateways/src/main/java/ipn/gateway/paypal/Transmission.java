package ipn.gateway.paypal;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.signature.SignatureInput;
import ipn.gateway.signature.SignatureInput.Absent;
import ipn.gateway.signature.SignatureInput.Candidate;
import ipn.gateway.signature.SignatureInput.Present;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The headers that carry PayPal's signature: base64 of RSA with SHA-256 over {@code id|time|webhook id|CRC-32 of the
 * body}, with the CRC-32 as an unsigned decimal. The webhook id is not sent; both sides know it.
 */
final class Transmission {
    static final String ID = "paypal-transmission-id";
    static final String TIME = "paypal-transmission-time";
    static final String SIGNATURE = "paypal-transmission-sig";
    static final String CERTIFICATE = "paypal-cert-url";
    static final String ALGORITHM = "paypal-auth-algo";

    /** Every one of them must be present exactly once. */
    static final List<String> HEADERS = List.of(ID, TIME, SIGNATURE, CERTIFICATE, ALGORITHM);

    /** The only supported algorithm. The header is only compared with it; it never selects an algorithm. */
    static final String SHA256_RSA = "SHA256withRSA";

    /** The signature's version, required by the shared signature comparison. */
    static final String VERSION = "v2";

    /** Excludes the separator of the signed text; otherwise one field could extend into the next. */
    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private static final int SIGNATURE_LENGTH_MAX = 1_400;
    private static final int TIME_LENGTH_MAX = 40;

    private Transmission() {}

    static SignatureInput signatureInput(Delivery delivery) {
        for (var name : HEADERS) {
            var values = delivery.headers(name);
            if (values.size() > 1) {
                return new Absent(Reason.SIGNATURE_AMBIGUOUS);
            }
            if (values.isEmpty() || values.get(0).isBlank()) {
                return new Absent(Reason.SIGNATURE_MISSING);
            }
        }
        if (!value(delivery, ALGORITHM).equals(SHA256_RSA)) {
            return new Absent(Reason.KEY_UNTRUSTED);
        }
        return claim(value(delivery, ID), value(delivery, TIME), value(delivery, SIGNATURE), delivery.body());
    }

    /** The value of a header that is known to be present once. */
    static String value(Delivery delivery, String name) {
        return delivery.header(name).orElseThrow();
    }

    private static SignatureInput claim(String id, String time, String base64, Bytes body) {
        var signedAt = time(time);
        var signature =
                base64.length() > SIGNATURE_LENGTH_MAX ? Optional.<Bytes>empty() : StrictDecoding.base64(base64);
        if (!PLAIN_ID.matcher(id).matches() || signedAt.isEmpty() || signature.isEmpty()) {
            return new Absent(Reason.SIGNATURE_MALFORMED);
        }
        return Present.at(
                signedAt.get(),
                List.of(Bytes.utf8(id + "|" + time + "|"), Bytes.utf8("|" + checksum(body))),
                List.of(new Candidate(VERSION, signature.get())));
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.length() > TIME_LENGTH_MAX ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String checksum(Bytes body) {
        var checksum = new CRC32();
        checksum.update(body.array());
        return Long.toString(checksum.getValue());
    }
}
