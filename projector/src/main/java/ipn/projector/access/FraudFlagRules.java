package ipn.projector.access;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.FraudFlags;
import ipn.topics.ByteLimits;
import ipn.topics.EncodedSize;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which claims of a subject are flagged as fraud. The same claims in any order give the same. */
public final class FraudFlagRules {
    /** The first by key; more of one subject are not needed to block it. */
    static final int FLAGS_MAX = 512;

    private static final Comparator<Claim> BY_KEY = Comparator.comparing(Claim::getClaimKey)
            .thenComparing(Claim::getEntitlement)
            .thenComparing(claim -> Objects.requireNonNullElse(claim.getScope(), ""));

    private FraudFlagRules() {}

    /** @return empty where no claim is flagged now */
    public static Optional<FraudFlags> after(@Nullable FraudFlags before, Claim claim) {
        var others = claims(before).filter(each -> BY_KEY.compare(each, claim) != 0);
        var ranked = (isFlagged(claim) ? Stream.concat(others, Stream.of(claim)) : others).sorted(BY_KEY);
        var after = new EncodedSize(Claim.getClassSchema()).fitting(ranked, FLAGS_MAX, ByteLimits.FRAUD_FLAGS);
        return after.isEmpty() ? Optional.empty() : Optional.of(new FraudFlags(after));
    }

    /** Whether a claim was left out after this one, because more are flagged than are kept. */
    public static boolean isLeftOut(@Nullable FraudFlags before, Claim claim, Optional<FraudFlags> after) {
        var known = claims(before).anyMatch(each -> BY_KEY.compare(each, claim) == 0);
        var expected = claims(before).count() - (known ? 1 : 0) + (isFlagged(claim) ? 1 : 0);
        return claims(after.orElse(null)).count() < expected;
    }

    /** The claim that blocks the subject. */
    public static Optional<Claim> block(@Nullable FraudFlags flags) {
        return claims(flags).findFirst();
    }

    private static Stream<Claim> claims(@Nullable FraudFlags flags) {
        return flags == null ? Stream.of() : flags.getClaims().stream();
    }

    private static boolean isFlagged(Claim claim) {
        return claim.getStatus() == ClaimStatus.FRAUD_FLAGGED && claim.getKind() != ClaimKind.WITHDRAWN;
    }
}
