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
 * Where a fraud flag blocks its subject: remembers the flagged claims, and looks at all entitlements of a subject again when the
 * first flag comes or the last one goes, some at once and the rest with the clock. Where it does not, it remembers nothing.
 */
final class FraudBlocks {
    static final String FLAGS = "fraud-flags";
    static final String REVISITS = "fraud-revisits";

    private final FraudPolicy policy;
    private final EntitlementUpdate update;
    private final EntitlementStore entitlements;
    private final KeyValueStore<String, FraudFlags> flags;
    private final KeyValueStore<String, FraudRevisit> revisits;

    FraudBlocks(
            ProcessorContext<String, Object> context,
            FraudPolicy policy,
            EntitlementUpdate update,
            EntitlementStore entitlements) {
        this.policy = policy;
        this.update = update;
        this.entitlements = entitlements;
        this.flags = context.getStateStore(FLAGS);
        this.revisits = context.getStateStore(REVISITS);
    }

    /** The flagged claim that blocks this subject now. */
    Optional<Claim> of(String subject) {
        return policy == FraudPolicy.BLOCK ? FraudFlagRules.block(flags.get(subject)) : Optional.empty();
    }

    /** The block on the subject of an entitlement that is known. */
    Optional<Claim> of(EntitlementClaims entitlement) {
        return subject(entitlement).flatMap(this::of);
    }

    /** @return whether the subject is blocked now and was not, or the other way round */
    boolean heard(Claim claim) {
        if (policy != FraudPolicy.BLOCK) {
            return false;
        }
        var before = flags.get(claim.getSubject());
        var after = FraudFlagRules.heard(before, claim);
        if (before == null && after.isEmpty()) {
            return false;
        }
        flags.put(claim.getSubject(), after.orElse(null));
        var turned = (before == null) != after.isEmpty();
        if (turned) {
            revisits.put(claim.getSubject(), new FraudRevisit(claim.getCause(), ""));
        }
        return turned;
    }

    /** Looks at so many entitlements again, of the subjects whose block changed. */
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
        var keys = entitlements.of(subject, revisit.getAfter(), max);
        keys.forEach(key -> lookAgain(key, subject, revisit.getCause(), now));
        var more = keys.size() == max;
        revisits.put(subject, more ? new FraudRevisit(revisit.getCause(), keys.get(max - 1)) : null);
        return keys.size();
    }

    private void lookAgain(String key, String subject, Cause cause, Instant now) {
        var before = entitlements.of(key);
        if (subject(before).filter(subject::equals).isPresent()) {
            var step = update.again(before, of(subject), cause, now);
            entitlements.change(key, before, step, now, now.toEpochMilli());
        }
    }

    private static Optional<String> subject(EntitlementClaims entitlement) {
        var last = entitlement.getLast();
        return last != null
                ? Optional.of(last.getSubject())
                : entitlement.getClaims().stream().findFirst().map(Claim::getSubject);
    }
}
