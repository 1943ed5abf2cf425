package ipn.projector.allocation;

import ipn.avro.ClaimStatus;
import ipn.avro.SubscriptionStatus;

/** The status of a subscription as the status of its claim. */
final class ClaimStatuses {
    private ClaimStatuses() {}

    static ClaimStatus of(SubscriptionStatus status) {
        return switch (status) {
            case PENDING -> ClaimStatus.PENDING;
            case TRIALING -> ClaimStatus.TRIALING;
            case ACTIVE -> ClaimStatus.ACTIVE;
            case PAST_DUE -> ClaimStatus.PAST_DUE;
            case UNPAID -> ClaimStatus.UNPAID;
            case PAUSED -> ClaimStatus.PAUSED;
            case CANCELED -> ClaimStatus.CANCELED;
            case EXPIRED -> ClaimStatus.EXPIRED;
            case UNKNOWN -> ClaimStatus.UNKNOWN;
        };
    }
}
