package ipn.gateway.braintree;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.signature.Hmac;
import ipn.gateway.signature.SignatureInput;
import ipn.gateway.signature.SignatureInput.Absent;
import ipn.gateway.signature.SignatureInput.Candidate;
import ipn.gateway.signature.SignatureInput.Present;
import ipn.gateway.signature.SignatureKey.HmacKey;
import ipn.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * {@code bt_signature}: pairs {@code publicKey|hex}, joined by ampersands, each HMAC-SHA1 over the text of {@code bt_payload}
 * with the SHA-1 of that pair's private key as the key. No time is signed.
 */
public final class BraintreeSignature {
    private static final String PAYLOAD = "[A-Za-z0-9+/=\n]+";

    /** Challenge text that we sign for any requester, see {@link #answer}; no notification is as short. */
    private static final String CHALLENGE = "[a-f0-9]{20,32}";

    private static final String CHALLENGE_PARAMETER = "bt_challenge=";

    private BraintreeSignature() {}

    /**
     * The {@code bt_signature} of a payload: for senders, that is for tests and simulators.
     *
     * @param payload base64 with its line breaks
     */
    public static String sign(String payload, String publicKey, String privateKey) {
        return publicKey + "|" + hex(sha1(privateKey.getBytes(StandardCharsets.UTF_8)), payload);
    }

    static HmacKey key(String publicKey, Secret privateKey) {
        return new HmacKey(privateKey, publicKey, Bytes.wrap(sha1(privateKey.utf8())), Hmac.SHA1);
    }

    static SignatureInput signatureInput(Delivery delivery) {
        return claim(delivery, "");
    }

    /** The signature input with the final line break restored. */
    static SignatureInput claimWithLineBreak(Delivery delivery) {
        return claim(delivery, "\n");
    }

    private static SignatureInput claim(Delivery delivery, String end) {
        try {
            var message = BraintreeMessage.of(delivery.body());
            if (message.payload().isEmpty() || message.signature().isEmpty()) {
                return new Absent(Reason.SIGNATURE_MISSING);
            }
            var candidates = candidates(message.signature());
            return candidates.isEmpty()
                            || !message.payload().matches(PAYLOAD)
                            || message.payload().strip().matches(CHALLENGE)
                    ? new Absent(Reason.SIGNATURE_MALFORMED)
                    : Present.timeless(List.of(Bytes.utf8(message.payload() + end)), candidates);
        } catch (RefusedException e) {
            return new Absent(Reason.SIGNATURE_MALFORMED);
        }
    }

    private static List<Candidate> candidates(String signature) {
        var candidates = new ArrayList<Candidate>();
        for (var pair : signature.split("&", -1)) {
            var bar = pair.indexOf('|');
            if (bar > 0) {
                StrictDecoding.hex(pair.substring(bar + 1))
                        .ifPresent(bytes -> candidates.add(new Candidate(pair.substring(0, bar), bytes)));
            }
        }
        return candidates;
    }

    /** The challenge in a query; empty where there is not exactly one that Braintree could have made. */
    static Optional<String> challengeIn(String query) {
        var challenges = Arrays.stream(query.split("&", -1))
                .filter(parameter -> parameter.startsWith(CHALLENGE_PARAMETER))
                .map(parameter -> parameter.substring(CHALLENGE_PARAMETER.length()))
                .toList();
        return challenges.size() == 1 && challenges.get(0).matches(CHALLENGE)
                ? Optional.of(challenges.get(0))
                : Optional.empty();
    }

    static String answer(String challenge, HmacKey key) {
        return key.version() + "|" + hex(key.key().array(), challenge);
    }

    private static String hex(byte[] key, String message) {
        return HexFormat.of()
                .formatHex(Hmac.SHA1.over(key, List.of(Bytes.utf8(message))).array());
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
