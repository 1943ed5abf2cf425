package ipn.projector.entitlement;

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

    /** The claims after it, and the event to emit, if the derived value changed. */
    public record Step(EntitlementClaims after, Optional<EntitlementEvent> event) {}

    public Step claimed(EntitlementClaims before, Claim claim, Instant now) {
        var others =
                before.getClaims().stream().filter(each -> !each.getClaimKey().equals(claim.getClaimKey()));
        var all = claim.getKind().equals("NONE") ? others : Stream.concat(others, Stream.of(claim));
        var kept = all.sorted(FURTHEST_FIRST)
                .limit(CLAIMS_MAX)
                .sorted(Comparator.comparing(Claim::getClaimKey))
                .toList();
        return derived(before.getLast(), kept, claim, claim.getCause(), now);
    }

    public Step timePassed(EntitlementClaims before, Instant now) {
        if (before.getClaims().isEmpty() || before.getLast() == null) {
            return new Step(
                    EntitlementClaims.newBuilder(before).setNextCheck(null).build(), Optional.empty());
        }
        var any = before.getClaims().get(0);
        var cause =
                Cause.newBuilder(before.getLast().getCause()).setByClock(true).build();
        return derived(before.getLast(), before.getClaims(), any, cause, now);
    }

    private Step derived(@Nullable EntitlementEvent last, List<Claim> claims, Claim about, Cause cause, Instant now) {
        var access = Entitling.derive(claims, grace, now);
        var holds = access.or(() -> withdrawn(last, about));
        var event = holds.flatMap(
                value -> Change.between(last, value).map(type -> event(type, value, last, about, cause, now)));
        var after = EntitlementClaims.newBuilder()
                .setClaims(claims)
                .setLast(event.orElse(last))
                .setNextCheck(access.flatMap(Access::nextCheck).orElse(null))
                .build();
        return new Step(after, event);
    }

    /**
     * All claims are gone after something was told: a claim moved to somebody else, or no longer matches. Also told of what had
     * ended before, so that in the end it does not matter which came first.
     */
    private static Optional<Access> withdrawn(@Nullable EntitlementEvent last, Claim about) {
        if (last == null || last.getReason().equals("WITHDRAWN")) {
            return Optional.empty();
        }
        var from = last.getFrom() == null ? about.getAt() : last.getFrom();
        return Optional.of(Access.ended(about, from, about.getAt(), "WITHDRAWN"));
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
                .setTest(access.decisive().getTest())
                .setCause(cause)
                .setPolicyVersion(policyVersion)
                .setDecidedAt(now)
                .build();
    }
}
