package ipn.gateway.signature;

import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.content.StrictJson;
import java.security.PublicKey;
import java.util.Optional;

/**
 * A signed token in compact form (RFC 7515, section 7.1): {@code header.payload.signature}. It is parsed but not verified:
 * trust it only if {@link #signedBy} returns true. The token's header does not determine how it is verified.
 *
 * @param header a JSON object, read strictly
 * @param payload decoded, of any content
 * @param signed the signed bytes: the first two parts as received
 */
public record CompactJws(JsonField header, Bytes payload, Bytes signed, Bytes signature) {
    /** No gateway sends longer tokens: the longest, Apple's with two nested tokens, has about 20,000 characters. */
    static final int LENGTH_MAX = 100_000;

    private static final int PARTS = 3;

    /** Parses a token; empty if it is too long, has another number of parts, or does not follow RFC 7515. */
    public static Optional<CompactJws> parse(String token) {
        if (token.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        var parts = token.split("\\.", PARTS + 1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        var header = StrictDecoding.base64Url(parts[0]).flatMap(bytes -> StrictJson.glance(bytes, JsonShape.WHOLE));
        var payload = StrictDecoding.base64Url(parts[1]);
        var signature = StrictDecoding.base64Url(parts[2]);
        if (header.isEmpty() || payload.isEmpty() || signature.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new CompactJws(header.get(), payload.get(), Bytes.utf8(parts[0] + "." + parts[1]), signature.get()));
    }

    /**
     * Whether the key signed the token with the algorithm the caller expects.
     *
     * @param algorithm the only algorithm accepted; a token that names another one counts as not signed
     */
    public boolean signedBy(PublicKey key, JwsAlgorithm algorithm) {
        return algorithm.name().equals(header.at("alg").node().textValue())
                // extensions listed here must be understood (RFC 7515, section 4.1.11); we understand none
                && header.at("crit").node().isMissingNode()
                && algorithm.verifies(key, signed, signature);
    }

    /** Does not reveal the contents. */
    @Override
    public String toString() {
        return "CompactJws[%s]".formatted(payload);
    }
}
