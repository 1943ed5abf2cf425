package ipn.gateway.stripe;

import ipn.gateway.Bytes;
import ipn.gateway.Delivery;
import ipn.gateway.Hmac;
import ipn.gateway.SignatureKey;
import ipn.gateway.SignedClaim;
import ipn.gateway.SignedClaim.Absent;
import ipn.gateway.SignedClaim.Candidate;
import ipn.gateway.SignedClaim.Present;
import ipn.gateway.StrictDecoding;
import ipn.gateway.Verdict.Reason;
import ipn.settings.Secret;
import ipn.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * {@code Stripe-Signature: t=<unix seconds>,v1=<hex>[,v1=<hex>]}: HMAC-SHA256 over the seconds, a dot and the body, one
 * {@code v1} for each of the endpoint's secrets. Other schemes, such as {@code v0} of test events, are fakes to be ignored.
 */
public final class StripeSignature {
    static final String HEADER = "stripe-signature";
    private static final String SCHEME = "v1";
    private static final String SECRET_PREFIX = "whsec_";

    private StripeSignature() {}

    /** The header value Stripe sends with a body: for senders, that is for tests and simulators. */
    public static String sign(byte[] body, String secret, Instant at) {
        var seconds = Long.toString(at.getEpochSecond());
        var signature = Hmac.SHA256.over(
                secret.getBytes(StandardCharsets.UTF_8), List.of(Bytes.utf8(seconds + "."), Bytes.wrap(body)));
        return "t=" + seconds + "," + SCHEME + "=" + HexFormat.of().formatHex(signature.array());
    }

    /** Stripe's secret is a text: its prefix counts, and it is not decoded. */
    static SignatureKey key(Secret secret) {
        return SignatureKey.hmac(secret, SCHEME, Bytes.wrap(secret.utf8()));
    }

    static boolean isSecret(Secret secret, Settings settings) {
        var isSecret = secret.text().startsWith(SECRET_PREFIX);
        if (!isSecret) {
            settings.problems()
                    .add(
                            settings.full("secrets"),
                            secret.id() + " is something else",
                            "an endpoint's signing secret, " + SECRET_PREFIX + "..., not an API key");
        }
        return isSecret;
    }

    static SignedClaim claimIn(Delivery delivery) {
        var values = delivery.headers(HEADER);
        if (values.size() > 1) {
            return new Absent(Reason.SIGNATURE_AMBIGUOUS);
        }
        if (values.isEmpty() || values.get(0).isBlank()) {
            return new Absent(Reason.SIGNATURE_MISSING);
        }
        return claimIn(values.get(0), delivery.body());
    }

    private static SignedClaim claimIn(String header, Bytes body) {
        var times = new ArrayList<String>();
        var candidates = new ArrayList<Candidate>();
        for (var part : header.split(",", -1)) {
            var equals = part.indexOf('=');
            var value = part.substring(equals + 1);
            switch (equals < 0 ? "" : part.substring(0, equals)) {
                case "t" -> times.add(value);
                case SCHEME ->
                    StrictDecoding.hex(value).ifPresent(signature -> candidates.add(new Candidate(SCHEME, signature)));
                default -> {
                    // a scheme we do not believe
                }
            }
        }
        var seconds = times.size() == 1 ? StrictDecoding.epochSeconds(times.get(0)) : Optional.<Long>empty();
        if (seconds.isEmpty() || candidates.isEmpty()) {
            return new Absent(Reason.SIGNATURE_MALFORMED);
        }
        return Present.at(
                Instant.ofEpochSecond(seconds.get()),
                List.of(Bytes.utf8(Long.toString(seconds.get()) + "."), body),
                candidates);
    }
}
