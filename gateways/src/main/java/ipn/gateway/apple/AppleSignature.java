package ipn.gateway.apple;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import ipn.gateway.signature.CompactJws;
import ipn.gateway.signature.JwsAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies the token of a notification and its two inner tokens, by ES256 and Apple's certificates.
 *
 * @param chain validates the signing key
 */
record AppleSignature(AppleChain chain) {
    /** In production Apple tries again for 157 hours (after 1, 12, 24, 48 and 72 more); the rest is slack. */
    static final Duration AGE_MAX = Duration.ofDays(8);

    /** How far Apple's clock may be ahead of ours. */
    static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    /** Signed on a developer's own machine: Apple's library does not verify the signature there. */
    private static final Set<String> NEVER_BELIEVED = Set.of("Xcode", "LocalTesting");

    private static final List<String> INSIDE = List.of("signedTransactionInfo", "signedRenewalInfo");

    /** Fields that only notifications have. Transactions, which every user of an app can obtain, have neither. */
    private static final List<String> OF_A_NOTIFICATION = List.of("notificationType", "notificationUUID");

    private static final JsonShape WANTED = JsonShape.of(List.of(
            "/notificationType",
            "/notificationUUID",
            "/signedDate",
            "/environment",
            "/data/environment",
            "/data/signedTransactionInfo",
            "/data/signedRenewalInfo",
            "/summary/environment",
            "/appData/environment"));

    /** A token verified as signed by Apple. */
    private record Believed(Signer signer, Optional<JsonField> payload, Optional<Instant> signedAt) {}

    /** Judges a delivery by its exact bytes. Total. */
    Verdict judge(Delivery delivery, Instant now) {
        var field = SignedJson.in(delivery.body());
        if (!field.isPresent()) {
            return new Rejected(Reason.SIGNATURE_MISSING);
        }
        try {
            var outer = believed(field, now);
            if (outer.payload().filter(AppleSignature::isNotification).isEmpty()) {
                return new Rejected(Reason.AUDIENCE_WRONG);
            }
            if (outer.signedAt().filter(at -> isOutside(at, now)).isPresent()) {
                return new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE);
            }
            outer.payload().ifPresent(payload -> verifyInside(payload, now));
            return new Genuine("jws-es256", outer.signer().id());
        } catch (Disbelief e) {
            return new Rejected(e.reason);
        }
    }

    private void verifyInside(JsonField payload, Instant now) {
        for (var name : INSIDE) {
            var field = payload.at("data").at(name);
            if (field.isPresent()) {
                var unused = believed(field, now);
            }
        }
    }

    /**
     * A payload without a readable signing time is verified as of now: if Apple signed it, it is genuine, and the translation
     * refuses the invalid time.
     */
    private Believed believed(JsonField field, Instant now) {
        var token = SignedJson.token(field).orElseThrow(() -> new Disbelief(Reason.SIGNATURE_MALFORMED));
        var payload = StrictJson.glance(token.payload(), WANTED);
        var signedAt = payload.flatMap(AppleSignature::signedAt);
        var signer = signer(token, signedAt.orElse(now), now);
        if (payload.filter(AppleSignature::isLocal).isPresent()) {
            throw new Disbelief(Reason.AUDIENCE_WRONG);
        }
        return new Believed(signer, payload, signedAt);
    }

    private Signer signer(CompactJws token, Instant at, Instant now) {
        var signer = chain.signer(token, at, now).orElseThrow(() -> new Disbelief(Reason.KEY_UNTRUSTED));
        if (!token.signedBy(signer.key(), JwsAlgorithm.ES256)) {
            throw new Disbelief(Reason.SIGNATURE_WRONG);
        }
        return signer;
    }

    private static Optional<Instant> signedAt(JsonField payload) {
        return RefusedException.unlessRefused(() -> Times.millis(payload.at("signedDate")));
    }

    private static boolean isOutside(Instant signedAt, Instant now) {
        return signedAt.isBefore(now.minus(AGE_MAX)) || signedAt.isAfter(now.plus(AHEAD_MAX));
    }

    private static boolean isNotification(JsonField payload) {
        return OF_A_NOTIFICATION.stream()
                .allMatch(name -> payload.at(name).node().isTextual());
    }

    private static boolean isLocal(JsonField payload) {
        return List.of(payload, payload.at("data"), payload.at("summary"), payload.at("appData")).stream()
                .flatMap(place -> place.at("environment").glance().stream())
                .anyMatch(NEVER_BELIEVED::contains);
    }

    /** Aborts the verification with a reason. */
    private static final class Disbelief extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        Disbelief(Reason reason) {
            super(reason.name(), null, false, false);
            this.reason = reason;
        }
    }
}
