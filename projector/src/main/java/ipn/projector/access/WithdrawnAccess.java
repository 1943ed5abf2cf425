package ipn.projector.access;

import ipn.avro.Claim;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.WithheldRevocation;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All claims are gone after something was told: a claim moved to somebody else, or no longer matches. Also told of what had
 * ended before, so that in the end it does not matter which came first.
 */
final class WithdrawnAccess {
    private static final String REASON = "WITHDRAWN";

    private WithdrawnAccess() {}

    static Optional<Access> access(@Nullable EntitlementEvent last, Claim about) {
        if (last == null || last.getReason().equals(REASON)) {
            return Optional.empty();
        }
        var from = last.getFrom() == null ? about.getAt() : last.getFrom();
        return Optional.of(Access.ended(about, from, about.getAt(), REASON));
    }

    /** The claim that was withdrawn last, as far as it is known from a withdrawal that was withheld or dropped. */
    static Optional<Claim> claim(EntitlementClaims entitlement) {
        return Stream.of(Optional.ofNullable(entitlement.getWithheld()), Optional.ofNullable(entitlement.getDiscarded()))
                .flatMap(Optional::stream)
                .filter(held -> held.getReason().equals(REASON) && held.getUntil() != null)
                .map(held ->
                        claim(Objects.requireNonNull(entitlement.getLast(), "only what was told is taken away"), held))
                .findFirst();
    }

    private static Claim claim(EntitlementEvent last, WithheldRevocation held) {
        return Claim.newBuilder()
                .setClaimKey(held.getPaymentKey())
                .setPaymentKey(held.getPaymentKey())
                .setSubject(last.getSubject())
                .setEntitlement(last.getEntitlement())
                .setScope(last.getScope())
                .setProduct(Objects.requireNonNullElse(last.getProduct(), ""))
                .setKind("NONE")
                .setStatus(REASON)
                .setAt(held.getUntil())
                .setTest(last.getTest())
                .setCause(held.getCause())
                .build();
    }
}
