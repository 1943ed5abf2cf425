package ipn.projector.access;

import ipn.avro.AccessReason;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.WithheldRevocation;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Access whose claims were all withdrawn after an event was emitted: the payment belongs to another subject now, or no longer matches.
 * Access that had ended before is withdrawn too, so that the result does not depend on the order of arrival.
 */
final class WithdrawnAccess {
    private WithdrawnAccess() {}

    static Optional<Access> access(@Nullable EntitlementEvent last, Claim about) {
        if (last == null || last.getReason() == AccessReason.WITHDRAWN) {
            return Optional.empty();
        }
        var from = last.getFrom() == null ? about.getAt() : last.getFrom();
        return Optional.of(Access.ended(about, from, about.getAt(), AccessReason.WITHDRAWN));
    }

    /** The claim that was withdrawn last, if a withheld or discarded withdrawal contains it. */
    static Optional<Claim> claim(EntitlementClaims entitlement) {
        return Stream.of(
                        Optional.ofNullable(entitlement.getWithheld()), Optional.ofNullable(entitlement.getDiscarded()))
                .flatMap(Optional::stream)
                .filter(withheld -> withheld.getReason() == AccessReason.WITHDRAWN && withheld.getUntil() != null)
                .map(withheld -> claim(
                        Objects.requireNonNull(entitlement.getLast(), "last event: of a withheld revocation"),
                        withheld))
                .findFirst();
    }

    private static Claim claim(EntitlementEvent last, WithheldRevocation withheld) {
        return Claim.newBuilder()
                .setClaimKey(withheld.getPaymentKey())
                .setPaymentKey(withheld.getPaymentKey())
                .setSubject(last.getSubject())
                .setEntitlement(last.getEntitlement())
                .setScope(last.getScope())
                .setProduct(Objects.requireNonNullElse(last.getProduct(), ""))
                .setKind(ClaimKind.WITHDRAWN)
                .setStatus(ClaimStatus.WITHDRAWN)
                .setAt(withheld.getUntil())
                .setTest(last.getTest())
                .setPolicyVersion(last.getPolicyVersion())
                .setCause(withheld.getCause())
                .build();
    }
}
