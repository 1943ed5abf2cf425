package ipn.projector.access;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.EntitlementClaims;
import ipn.avro.EntitlementEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a claim, or time passing, does to one subject's entitlement.
 *
 * @param grace of a product, by its name
 * @param policyVersion stands in every event it decides
 */
public record EntitlementUpdate(Function<String, Duration> grace, String policyVersion) {
    /** The claims that reach furthest; taking the furthest of a union does not depend on its order. */
    static final int CLAIMS_MAX = 512;

    private static final Comparator<Claim> FURTHEST_FIRST = Comparator.comparing(
                    (Claim claim) -> claim.getUntil() == null ? Instant.MAX : claim.getUntil())
            .reversed()
            .thenComparing(Claim::getClaimKey);

    /**
     * The claims after it, and the event to emit, if the derived value is not what was last told.
     *
     * @param after as if the event were told
     */
    public record Step(EntitlementClaims after, Optional<EntitlementEvent> event) {}

    /** @param block a claim whose fraud flag blocks the subject for everything; empty where none does */
    public Step claimed(EntitlementClaims before, Claim claim, Optional<Claim> block, Instant now) {
        var others =
                before.getClaims().stream().filter(each -> !each.getClaimKey().equals(claim.getClaimKey()));
        var all = claim.getKind().equals("NONE") ? others : Stream.concat(others, Stream.of(claim));
        var kept = all.sorted(FURTHEST_FIRST)
                .limit(CLAIMS_MAX)
                .sorted(Comparator.comparing(Claim::getClaimKey))
                .toList();
        return derived(before, kept, claim, block, claim.getCause(), now);
    }

    public Step timePassed(EntitlementClaims before, Optional<Claim> block, Instant now) {
        var last = before.getLast();
        return last == null
                ? new Step(
                        EntitlementClaims.newBuilder(before).setNextCheck(null).build(), Optional.empty())
                : again(
                        before,
                        block,
                        Cause.newBuilder(last.getCause()).setByClock(true).build(),
                        now);
    }

    /** The same claims, looked at again for another reason. */
    public Step again(EntitlementClaims before, Optional<Claim> block, Cause cause, Instant now) {
        var any = before.getClaims().stream().findFirst().or(() -> WithdrawnAccess.claim(before));
        return any.isEmpty()
                ? new Step(
                        EntitlementClaims.newBuilder(before).setNextCheck(null).build(), Optional.empty())
                : derived(before, before.getClaims(), any.get(), block, cause, now);
    }

    private Step derived(
            EntitlementClaims before,
            List<Claim> claims,
            Claim about,
            Optional<Claim> block,
            Cause cause,
            Instant now) {
        var last = before.getLast();
        var access = AccessRules.derive(claims, grace, now)
                .map(each -> block.map(each::blocked).orElse(each));
        var holds = access.or(() -> WithdrawnAccess.access(last, about));
        var event = holds.flatMap(
                value -> AccessChange.between(last, value).map(type -> event(type, value, last, about, cause, now)));
        var after = EntitlementClaims.newBuilder(before)
                .setClaims(claims)
                .setLast(event.orElse(last))
                .setNextCheck(access.flatMap(Access::nextCheck).orElse(null))
                .build();
        return new Step(after, event);
    }

    private EntitlementEvent event(
            String type, Access access, @Nullable EntitlementEvent last, Claim about, Cause cause, Instant now) {
        var revision = last == null ? 1 : last.getRevision() + 1;
        var scope = about.getScope();
        var id = Stream.of(
                about.getSubject(), about.getEntitlement(), scope == null ? "" : scope, Long.toString(revision));
        return EntitlementEvent.newBuilder()
                .setEventId(String.join("/", id.toList()))
                .setType(type)
                .setSubject(about.getSubject())
                .setEntitlement(about.getEntitlement())
                .setScope(scope)
                .setRevision(revision)
                .setStatus(access.status().name())
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
                .setPolicyVersion(policyVersion)
                .setDecidedAt(now)
                .build();
    }
}
