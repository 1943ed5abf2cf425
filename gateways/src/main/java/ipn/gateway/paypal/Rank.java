package ipn.gateway.paypal;

import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;

/** The order of events of one instant: a higher rank comes later. */
final class Rank {
    static final long AUTHORIZED = 1;
    static final long CAPTURED = 5;

    private Rank() {}

    static long of(AttemptStatus status) {
        return switch (status) {
            case PENDING -> 1;
            case FAILED -> 2;
            case EXPIRED, ABANDONED -> 3;
            case CANCELED -> 4;
        };
    }

    static long of(RefundStatus status) {
        return switch (status) {
            case PENDING -> 1;
            case SUCCEEDED -> 2;
            case FAILED, CANCELED -> 3;
        };
    }

    static long of(DisputeStatus status) {
        return switch (status) {
            case INQUIRY -> 1;
            case OPEN -> 2;
            case WON, LOST, CLOSED -> 3;
        };
    }

    static long of(SubscriptionStatus status) {
        return switch (status) {
            case PENDING -> 1;
            case TRIALING -> 2;
            case ACTIVE -> 3;
            case PAST_DUE -> 4;
            case UNPAID, PAUSED -> 5;
            case CANCELED, EXPIRED -> 6;
        };
    }
}
