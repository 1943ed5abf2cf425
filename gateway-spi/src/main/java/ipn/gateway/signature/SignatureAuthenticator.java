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
 * The one place signatures are compared. Every active key is held against every candidate before anything is decided, so the
 * duration reveals nothing about which of them almost matched.
 *
 * @param keys several during a rotation; none is possible only while the start is failing, and then nothing is genuine
 * @param tolerance how far the signed time, where there is one, may lie in the past, and in the future
 * @param signatureInput where a delivery of this gateway says how it is signed
 */
public record SignatureAuthenticator(
        List<SignatureKey> keys, Duration tolerance, Function<Delivery, SignatureInput> signatureInput) {
    /** What the gateways that sign a time recommend. */
    public static final Duration USUAL_TOLERANCE = Duration.ofSeconds(300);

    /** No gateway sends more signatures at once; a stranger could make us compute for each. */
    private static final int CANDIDATES_MAX = 16;

    public SignatureAuthenticator {
        keys = List.copyOf(keys);
    }

    /** Judges a delivery by its exact bytes. Total. */
    public Verdict judge(Delivery delivery, Instant now) {
        return judge(signatureInput.apply(delivery), now);
    }

    /** Judges one claim, where a delivery makes several. Total. */
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
