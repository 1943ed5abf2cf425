package ipn.gateway.googleplay;

import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.Ranks;

/**
 * The order of what is seen among what is told for the same moment, see {@link ipn.fact.Version#sequence()}: a purchase
 * looked at outranks any notification, whose rank is its status's own.
 */
final class GooglePlayRanks {
    private static final long SEEN = 10;

    private GooglePlayRanks() {}

    /** Of a purchase looked at; two looks because of one notification may see it before and after a change. */
    static long seen(SubscriptionStatus status) {
        return seen(Ranks.of(status));
    }

    /** Of a purchase looked at, in its own order of states. */
    static long seen(long rank) {
        return SEEN + rank;
    }
}
