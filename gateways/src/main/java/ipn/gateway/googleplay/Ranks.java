package ipn.gateway.googleplay;

import ipn.fact.Fact.SubscriptionStatus;

/** The order of what is told for the same moment, see {@link ipn.fact.Version#sequence()}. */
final class Ranks {
    /** What was seen outranks what was told. */
    private static final long SEEN = 10;

    private Ranks() {}

    /** Of a notification. */
    static long told(SubscriptionStatus status) {
        return switch (status) {
            case PENDING -> 1;
            case TRIALING -> 2;
            case ACTIVE -> 3;
            case PAST_DUE -> 4;
            case UNPAID, PAUSED -> 5;
            case CANCELED, EXPIRED -> 6;
        };
    }

    /** Of a purchase looked at; two looks because of one notification may see it before and after a change. */
    static long seen(SubscriptionStatus status) {
        return SEEN + told(status);
    }

    /** Of a purchase looked at, in its own order of states. */
    static long seen(long rank) {
        return SEEN + rank;
    }
}
