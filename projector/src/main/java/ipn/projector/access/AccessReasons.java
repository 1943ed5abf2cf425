package ipn.projector.access;

import ipn.avro.AccessReason;
import ipn.avro.ClaimStatus;

/** The status of the claim that decides as the reason for access. */
final class AccessReasons {
    private AccessReasons() {}

    static AccessReason of(ClaimStatus status) {
        return switch (status) {
            case PAID, ACTIVE -> AccessReason.PAID;
            case TRIALING -> AccessReason.TRIAL;
            case FAILED, PAST_DUE -> AccessReason.PAYMENT_FAILED;
            case DISPUTED -> AccessReason.DISPUTED;
            case FRAUD_FLAGGED -> AccessReason.FRAUD_FLAGGED;
            case REFUNDED -> AccessReason.REFUNDED;
            case DISPUTE_LOST -> AccessReason.DISPUTE_LOST;
            case UNPAID -> AccessReason.UNPAID;
            case PAUSED -> AccessReason.PAUSED;
            case CANCELED -> AccessReason.CANCELED;
            case EXPIRED -> AccessReason.EXPIRED;
            case WITHDRAWN -> AccessReason.WITHDRAWN;
            case CREDITED -> AccessReason.SWITCHED;
            case PENDING, UNKNOWN -> AccessReason.UNKNOWN;
        };
    }
}
