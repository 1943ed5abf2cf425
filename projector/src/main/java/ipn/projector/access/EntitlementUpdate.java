package ipn.projector.access;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.WithheldRevocation;
import ipn.key.EntitlementKey;
import ipn.projector.catalogue.Product;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Derives an entitlement anew: after a claim, after time has passed, or after its subject was blocked.
 *
 * @param products of claims, each as the version of the catalogue has it that judged the claim
 */
public record EntitlementUpdate(Function<Claim, Optional<Product>> products) {
    /**
     * What an entitlement is now.
     *
     * @param claims to keep, sorted by claim key
     * @param event the change; empty where the derived value is that of the last event
     * @param nextCheck when time alone will change the value; empty: never
     */
    public record Derived(List<Claim> claims, Optional<EntitlementEvent> event, Optional<Instant> nextCheck) {
        /** Nothing changes. */
        public static Derived unchanged(EntitlementClaims before) {
            return new Derived(before.getClaims(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * A claim is new, has changed or was withdrawn.
     *
     * @param block a claim whose fraud flag blocks the subject for everything; empty where none does
     */
    public Derived onClaim(EntitlementClaims before, Claim claim, Optional<Claim> block, Instant now) {
        ClaimLimits.requireFits(claim);
        var others =
                before.getClaims().stream().filter(each -> !each.getClaimKey().equals(claim.getClaimKey()));
        var all = claim.getKind() == ClaimKind.WITHDRAWN ? others : Stream.concat(others, Stream.of(claim));
        return derive(before, ClaimLimits.keep(all.toList()), claim, block, claim.getCause(), now);
    }

    /** Time has passed. */
    public Derived onTime(EntitlementClaims before, Optional<Claim> block, Instant now) {
        var last = before.getLast();
        return last == null
                ? Derived.unchanged(before)
                : again(
                        before,
                        block,
                        Cause.newBuilder(newestCause(before, last))
                                .setByClock(true)
                                .build(),
                        now);
    }

    /** What changed the claims last, as far as it is known: a change that the brake withheld or discarded came after the last event. */
    private static Cause newestCause(EntitlementClaims before, EntitlementEvent last) {
        return Stream.of(before.getWithheld(), before.getDiscarded())
                .filter(Objects::nonNull)
                .map(WithheldRevocation::getCause)
                .findFirst()
                .orElse(last.getCause());
    }

    /** The same claims, derived again for another reason. */
    public Derived again(EntitlementClaims before, Optional<Claim> block, Cause cause, Instant now) {
        var any = before.getClaims().stream().findFirst().or(() -> WithdrawnAccess.claim(before));
        return any.isEmpty()
                ? Derived.unchanged(before)
                : derive(before, before.getClaims(), any.get(), block, cause, now);
    }

    private Derived derive(
            EntitlementClaims before,
            List<Claim> claims,
            Claim about,
            Optional<Claim> block,
            Cause cause,
            Instant now) {
        var last = before.getLast();
        var access = AccessRules.derive(claims, products, now)
                .map(each -> block.map(each::blocked).orElse(each));
        var holds = access.or(() -> WithdrawnAccess.access(last, about));
        var event = holds.flatMap(
                value -> AccessChange.between(last, value).map(type -> event(type, value, last, about, cause, now)));
        return new Derived(claims, event, access.flatMap(Access::nextCheck));
    }

    private EntitlementEvent event(
            EntitlementEventType type,
            Access access,
            @Nullable EntitlementEvent last,
            Claim about,
            Cause cause,
            Instant now) {
        var revision = last == null ? 1 : last.getRevision() + 1;
        return EntitlementEvent.newBuilder()
                .setEventId(EntitlementKey.of(about).eventId(revision))
                .setType(type)
                .setSubject(about.getSubject())
                .setEntitlement(about.getEntitlement())
                .setScope(about.getScope())
                .setRevision(revision)
                .setStatus(access.status())
                .setFrom(access.from())
                .setUntil(access.until().orElse(null))
                .setGraceUntil(access.graceUntil().orElse(null))
                .setReason(access.reason())
                .setProduct(access.decisive().getProduct())
                .setPaymentKey(access.decisive().getPaymentKey())
                .setOrder(access.decisive().getOrder())
                .setDiscrepancy(access.decisive().getDiscrepancy())
                .setTest(access.decisive().getTest())
                .setCause(cause)
                .setPolicyVersion(access.decisive().getPolicyVersion())
                .setDecidedAt(now)
                .build();
    }
}
