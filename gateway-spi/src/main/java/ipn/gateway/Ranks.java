package ipn.gateway;

import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;

/**
 * Ranks statuses: a status that can only follow another has a higher rank. The rank orders events with equal times, see
 * {@link ipn.fact.Version#sequence()}. All ranks are below 8, so that a gateway's own version can rank above them.
 */
public final class Ranks {
    private Ranks() {}

    public static long of(AttemptStatus status) {
        return switch (status) {
            case PENDING -> 1;
            case FAILED -> 2;
            case EXPIRED, ABANDONED -> 3;
            case CANCELED -> 4;
        };
    }

    /** A bank may return a refund days after it succeeded; no status follows a failure. */
    public static long of(RefundStatus status) {
        return switch (status) {
            case PENDING -> 1;
            case SUCCEEDED -> 2;
            case FAILED, CANCELED -> 3;
        };
    }

    public static long of(DisputeStatus status) {
        return switch (status) {
            case INQUIRY -> 1;
            case OPEN -> 2;
            case WON, LOST, CLOSED -> 3;
        };
    }

    /** Creation and payment of a renewal are often reported within one second. */
    public static long of(InvoiceStatus status) {
        return switch (status) {
            case OPEN -> 1;
            case FAILED -> 2;
            case UNCOLLECTIBLE -> 3;
            case VOID -> 4;
            case PAID -> 5;
        };
    }

    /** A creation sends several of these within one second, in any order. */
    public static long of(SubscriptionStatus status) {
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
