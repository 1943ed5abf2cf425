package ipn.gateway.googleplay;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictJson;
import ipn.gateway.signature.CompactJws;
import ipn.gateway.signature.JwsAlgorithm;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code Authorization: Bearer <JWT>}: Google certifies, for an hour and for this audience, that the push subscription's service
 * account is calling. Google signs such tokens for any audience that a customer requests, so the e-mail address must match,
 * too. The token does not cover the body; only TLS binds the two.
 */
record PushTokens(String audience, String email, GoogleKeys keys) {
    static final String HEADER = "authorization";
    private static final String SCHEME = "Bearer ";

    /** Google's have about 1,000 characters. */
    private static final int LENGTH_MAX = 8_192;

    private static final Set<String> ISSUERS = Set.of("https://accounts.google.com", "accounts.google.com");

    /** How far clocks may differ. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    /** A failed stage: the keys could not be fetched. */
    CompletionStage<Verdict> judge(Delivery delivery, Instant now) {
        var values = delivery.headers(HEADER);
        if (values.size() > 1) {
            return rejected(Reason.SIGNATURE_AMBIGUOUS);
        }
        if (values.isEmpty() || values.get(0).isBlank()) {
            return rejected(Reason.SIGNATURE_MISSING);
        }
        var token = token(values.get(0));
        return token.isEmpty() ? rejected(Reason.SIGNATURE_MALFORMED) : judge(token.get(), now);
    }

    private static Optional<CompactJws> token(String header) {
        return header.startsWith(SCHEME) && header.length() <= LENGTH_MAX
                ? CompactJws.parse(header.substring(SCHEME.length()))
                : Optional.empty();
    }

    private CompletionStage<Verdict> judge(CompactJws token, Instant now) {
        var kid =
                Optional.ofNullable(token.header().at("kid").node().textValue()).filter(GoogleKeys::isKeyId);
        var algorithm = Optional.ofNullable(token.header().at("alg").node().textValue());
        if (kid.isEmpty() || !algorithm.equals(Optional.of(JwsAlgorithm.RS256.name()))) {
            return rejected(Reason.KEY_UNTRUSTED);
        }
        return keys.find(kid.get(), now)
                .thenApply(key ->
                        key.isEmpty() ? new Rejected(Reason.KEY_UNTRUSTED) : judge(token, kid.get(), key.get(), now));
    }

    private Verdict judge(CompactJws token, String kid, PublicKey key, Instant now) {
        if (!token.signedBy(key, JwsAlgorithm.RS256)) {
            return new Rejected(Reason.SIGNATURE_WRONG);
        }
        return claims(token.payload()).filter(claims -> right(claims, now)).isPresent()
                ? new Genuine("oidc-rs256", kid)
                : new Rejected(Reason.AUDIENCE_WRONG);
    }

    private static Optional<JsonField> claims(Bytes payload) {
        return StrictJson.glance(payload, JsonShape.WHOLE);
    }

    private boolean right(JsonField claims, Instant now) {
        return text(claims.at("iss")).filter(ISSUERS::contains).isPresent()
                && text(claims.at("aud")).equals(Optional.of(audience))
                && text(claims.at("email")).equals(Optional.of(email))
                && claims.at("email_verified").node().booleanValue()
                && seconds(claims.at("exp")).filter(now.minus(SKEW)::isBefore).isPresent()
                && seconds(claims.at("iat"))
                        .filter(issued -> !issued.isAfter(now.plus(SKEW)))
                        .isPresent();
    }

    private static Optional<String> text(JsonField field) {
        return Optional.ofNullable(field.node().textValue());
    }

    private static Optional<Instant> seconds(JsonField field) {
        return Optional.of(field)
                .filter(number -> number.node().isNumber())
                .flatMap(JsonField::glance)
                .filter(digits -> digits.matches("[0-9]{1,11}"))
                .map(digits -> Instant.ofEpochSecond(Long.parseLong(digits)));
    }

    private static CompletionStage<Verdict> rejected(Reason reason) {
        return CompletableFuture.completedFuture(new Rejected(reason));
    }
}
