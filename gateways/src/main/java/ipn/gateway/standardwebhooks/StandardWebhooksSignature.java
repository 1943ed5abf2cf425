package ipn.gateway.standardwebhooks;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.signature.Hmac;
import ipn.gateway.signature.SignatureInput;
import ipn.gateway.signature.SignatureInput.Absent;
import ipn.gateway.signature.SignatureInput.Candidate;
import ipn.gateway.signature.SignatureInput.Present;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Headers {@code webhook-id}, {@code webhook-timestamp} and {@code webhook-signature}: a list of {@code v1,<base64>}
 * (HMAC-SHA256) and {@code v1a,<base64>} (Ed25519) over id, a dot, timestamp, a dot and the body. Svix sends the same
 * headers with prefix {@code svix-}.
 */
public final class StandardWebhooksSignature {
    static final String V1 = "v1";
    static final String V1A = "v1a";
    static final List<String> FAMILIES = List.of("webhook-", "svix-");
    private static final String ID = "id";
    private static final String TIMESTAMP = "timestamp";
    private static final String SIGNATURE = "signature";
    static final List<String> HEADERS = List.of(ID, TIMESTAMP, SIGNATURE);

    private StandardWebhooksSignature() {}

    /**
     * Signs a body as a sender does and returns the {@code webhook-signature} header. Used by tests and simulators.
     *
     * @param secret {@code whsec_...} for HMAC, {@code whsk_...} for Ed25519
     */
    public static String sign(String id, Instant at, byte[] body, String secret) {
        var parts = parts(id, at.getEpochSecond(), Bytes.wrap(body));
        var key = StandardWebhooksKeys.decode(secret)
                .orElseThrow(() -> new IllegalArgumentException(
                        "secret: not a signing secret (expected: whsec_ or whsk_ and base64)"));
        return secret.startsWith(StandardWebhooksKeys.PRIVATE)
                ? V1A + "," + base64(Ed25519.sign(key, parts))
                : V1 + "," + base64(Hmac.SHA256.over(key.array(), parts));
    }

    /** The event id, with either prefix; empty where there is not exactly one. */
    static Optional<String> id(Delivery delivery) {
        var ids = new ArrayList<String>();
        FAMILIES.forEach(family -> ids.addAll(delivery.headers(family + ID)));
        return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
    }

    static SignatureInput signatureInput(Delivery delivery) {
        var families = FAMILIES.stream()
                .filter(family -> HEADERS.stream()
                        .anyMatch(name -> !delivery.headers(family + name).isEmpty()))
                .toList();
        var repeated = families.stream()
                .anyMatch(family -> HEADERS.stream()
                        .anyMatch(name -> delivery.headers(family + name).size() > 1));
        if (families.size() > 1 || repeated) {
            return new Absent(Reason.SIGNATURE_AMBIGUOUS);
        }
        return families.isEmpty() ? new Absent(Reason.SIGNATURE_MISSING) : signatureInput(delivery, families.get(0));
    }

    private static SignatureInput signatureInput(Delivery delivery, String family) {
        var signature = delivery.header(family + SIGNATURE).orElse("");
        if (signature.isBlank()) {
            return new Absent(Reason.SIGNATURE_MISSING);
        }
        var id = delivery.header(family + ID).filter(StandardWebhooksSignature::isUnambiguous);
        var seconds = delivery.header(family + TIMESTAMP).flatMap(StrictDecoding::epochSeconds);
        var candidates = candidates(signature);
        if (id.isEmpty() || seconds.isEmpty() || candidates.isEmpty()) {
            return new Absent(Reason.SIGNATURE_MALFORMED);
        }
        return Present.at(
                Instant.ofEpochSecond(seconds.get()), parts(id.get(), seconds.get(), delivery.body()), candidates);
    }

    /**
     * True for an id that can be signed unambiguously: a dot could move the boundary between id and timestamp, and
     * characters outside ASCII have several encodings.
     */
    private static boolean isUnambiguous(String id) {
        return !id.isEmpty() && id.chars().allMatch(c -> c > ' ' && c < 127 && c != '.');
    }

    private static List<Candidate> candidates(String header) {
        var candidates = new ArrayList<Candidate>();
        for (var entry : header.split(" ", -1)) {
            var comma = entry.indexOf(',');
            var version = comma < 0 ? "" : entry.substring(0, comma);
            if (version.equals(V1) || version.equals(V1A)) {
                StrictDecoding.base64(entry.substring(comma + 1))
                        .ifPresent(signature -> candidates.add(new Candidate(version, signature)));
            }
        }
        return candidates;
    }

    private static List<Bytes> parts(String id, long seconds, Bytes body) {
        return List.of(Bytes.utf8(id + "." + Long.toString(seconds) + "."), body);
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
