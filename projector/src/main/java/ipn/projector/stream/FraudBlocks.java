package ipn.projector.stream;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.EntitlementClaims;
import ipn.avro.FraudFlags;
import ipn.avro.FraudRevisit;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.access.FraudFlagRules;
import ipn.projector.access.FraudPolicy;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Where a fraud flag blocks its subject: keeps the flagged claims, and derives all entitlements of a subject again when the first flag
 * arrives or the last one is cleared, some at once and the rest with the clock. Where the policy does not block, it keeps nothing.
 */
public final class FraudBlocks {
    public static final String FLAGS = "fraud-flags";
    public static final String REVISITS = "fraud-revisits";

    private final FraudPolicy policy;
    private final EntitlementUpdate update;
    private final EntitlementStore entitlements;
    private final ClockWork clockWork;
    private final ProjectorMeters meters;
    private final KeyValueStore<String, FraudFlags> flags;
    private final KeyValueStore<String, FraudRevisit> revisits;

    FraudBlocks(
            ProcessorContext<String, Object> context,
            FraudPolicy policy,
            EntitlementUpdate update,
            EntitlementStore entitlements,
            ClockWork clockWork,
            ProjectorMeters meters) {
        this.policy = policy;
        this.update = update;
        this.entitlements = entitlements;
        this.clockWork = clockWork;
        this.meters = meters;
        this.flags = context.getStateStore(FLAGS);
        this.revisits = context.getStateStore(REVISITS);
    }

    /** The flagged claim that blocks this subject now. */
    Optional<Claim> blockOf(String subject) {
        return policy == FraudPolicy.BLOCK ? FraudFlagRules.block(flags.get(subject)) : Optional.empty();
    }

    /** The block on the subject of an entitlement that is known. */
    Optional<Claim> blockOf(EntitlementClaims entitlement) {
        return subject(entitlement).flatMap(this::blockOf);
    }

    /** The flagged claims of a subject after a claim; nothing is written. */
    Optional<FraudFlags> after(Claim claim) {
        return policy == FraudPolicy.BLOCK
                ? FraudFlagRules.after(flags.get(claim.getSubject()), claim)
                : Optional.empty();
    }

    /**
     * Keeps the flagged claims of a subject.
     *
     * @param after as {@link #after(Claim)} returned it
     * @return whether the subject is blocked or unblocked by the claim
     */
    boolean write(Claim claim, Optional<FraudFlags> after) {
        var before = flags.get(claim.getSubject());
        if (before == null && after.isEmpty()) {
            return false;
        }
        if (FraudFlagRules.isLeftOut(before, claim, after)) {
            meters.leftOut(LeftOut.What.FLAG);
        }
        flags.put(claim.getSubject(), after.orElse(null));
        var changed = (before == null) != after.isEmpty();
        if (changed) {
            revisits.put(claim.getSubject(), new FraudRevisit(claim.getCause(), ""));
        }
        return changed;
    }

    /** Derives so many entitlements again, of the subjects whose block changed. */
    void revisit(int max, Instant now) {
        var left = max;
        while (left > 0) {
            String subject;
            FraudRevisit revisit;
            try (var all = revisits.all()) {
                if (!all.hasNext()) {
                    return;
                }
                var next = all.next();
                subject = next.key;
                revisit = next.value;
            }
            left -= Math.max(1, revisit(subject, revisit, left, now));
        }
    }

    private int revisit(String subject, FraudRevisit revisit, int max, Instant now) {
        var keys = entitlements.keysOfSubject(subject, revisit.getAfter(), max);
        keys.forEach(key -> deriveAgain(key, subject, revisit.getCause(), now));
        var more = keys.size() == max;
        revisits.put(subject, more ? new FraudRevisit(revisit.getCause(), keys.get(max - 1)) : null);
        return keys.size();
    }

    private void deriveAgain(String key, String subject, Cause cause, Instant now) {
        clockWork
                .compute(() -> again(key, subject, cause, now), now)
                .ifPresentOrElse(
                        change -> change.ifPresent(it -> entitlements.write(key, it, now.toEpochMilli())),
                        () -> entitlements.retry(key, now.plus(ClockWork.RETRY_AFTER)));
    }

    /** Empty: the entitlement is another subject's. */
    private Optional<EntitlementStore.Change> again(String key, String subject, Cause cause, Instant now) {
        var before = entitlements.get(key);
        return subject(before).filter(subject::equals).map(same -> {
            var derived = update.again(before, blockOf(subject), cause, now);
            return entitlements.plan(before, derived, now);
        });
    }

    private static Optional<String> subject(EntitlementClaims entitlement) {
        var last = entitlement.getLast();
        return last != null
                ? Optional.of(last.getSubject())
                : entitlement.getClaims().stream().findFirst().map(Claim::getSubject);
    }
}
