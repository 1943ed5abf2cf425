package ipn.operations.shadow;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where both systems differ.
 *
 * @param ours status here; null: no payment gives or gave it
 * @param reason why it is so here: the reason of the access, the kind of a discrepancy, or {@value #NO_PAYMENT}
 * @param paymentKey of the payment or subscription that decides, or that the discrepancy is about
 * @param policyVersion of the catalogue that judged
 * @param money what that payment has taken, minor units by currency
 */
public record Difference(
        Kind kind,
        String subject,
        String entitlement,
        @Nullable String scope,
        @Nullable String ours,
        @Nullable Instant oursUntil,
        @Nullable Instant theirsUntil,
        String reason,
        @Nullable String paymentKey,
        @Nullable String policyVersion,
        Map<String, Long> money) {
    /** No payment names the subject. */
    public static final String NO_PAYMENT = "NO_PAYMENT";

    /** How they differ. */
    public enum Kind {
        /** Access here, none there. */
        ONLY_OURS,
        /** Access there, none here. */
        ONLY_THEIRS,
        /** Access in both, to another end. */
        OTHER_END
    }

    Difference with(Map<String, Long> taken) {
        return new Difference(
                kind,
                subject,
                entitlement,
                scope,
                ours,
                oursUntil,
                theirsUntil,
                reason,
                paymentKey,
                policyVersion,
                taken);
    }
}
