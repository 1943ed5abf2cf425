package ipn.gateway.signature;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.signature.SignatureInput.Absent;
import ipn.gateway.signature.SignatureInput.Present;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The only place where signatures are compared. Every active key is compared with every candidate before the decision, so that
 * the duration reveals nothing about which of them nearly matched.
 *
 * @param keys several during a rotation; empty only while the start is failing, and then no delivery is authentic
 * @param tolerance how far the signed time, if there is one, may be in the past or in the future
 * @param signatureInput extracts the signature of a delivery of this gateway
 */
public record SignatureAuthenticator(
        List<SignatureKey> keys, Duration tolerance, Function<Delivery, SignatureInput> signatureInput) {
    /** The tolerance that gateways with signed times recommend. */
    public static final Duration USUAL_TOLERANCE = Duration.ofSeconds(300);

    /** No gateway sends more signatures in one delivery. The limit bounds the computation for a forged delivery. */
    private static final int CANDIDATES_MAX = 16;

    public SignatureAuthenticator {
        keys = List.copyOf(keys);
    }

    /** Authenticates a delivery by its exact bytes. Never throws. */
    public Verdict judge(Delivery delivery, Instant now) {
        return judge(signatureInput.apply(delivery), now);
    }

    /** Authenticates one signature claim, for a delivery with several. Never throws. */
    public Verdict judge(SignatureInput claim, Instant now) {
        return claim instanceof Absent absent ? new Rejected(absent.reason()) : judge((Present) claim, now);
    }

    private Verdict judge(Present claim, Instant now) {
        if (claim.candidates().size() > CANDIDATES_MAX) {
            return new Rejected(Reason.SIGNATURE_MALFORMED);
        }
        var signer = signer(claim, now);
        if (signer == null) {
            return new Rejected(Reason.SIGNATURE_WRONG);
        }
        if (claim.signedAt()
                .filter(at -> Duration.between(at, now).abs().compareTo(tolerance) > 0)
                .isPresent()) {
            return new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE);
        }
        return new Genuine(signer.scheme(), signer.secret().id());
    }

    private @Nullable SignatureKey signer(Present claim, Instant now) {
        SignatureKey signer = null;
        for (var key : keys) {
            if (key.secret().activeAt(now) && signs(key, claim) && signer == null) {
                signer = key;
            }
        }
        return signer;
    }

    private static boolean signs(SignatureKey key, Present claim) {
        var check = key.check(claim.parts());
        var signs = false;
        for (var candidate : claim.candidates()) {
            signs |= key.version().equals(candidate.version()) && check.test(candidate.signature());
        }
        return signs;
    }
}
