package ipn.gateway.googleplay;

import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.Ranks;

/**
 * Ranks of fetched and notified facts of the same time, see {@link ipn.fact.Version#sequence()}: a fetched purchase outranks
 * any notification; a notification has the rank of its status.
 */
final class GooglePlayRanks {
    private static final long SEEN = 10;

    private GooglePlayRanks() {}

    /** Rank of a fetched subscription; two fetches for one notification may see it before and after a change. */
    static long seen(SubscriptionStatus status) {
        return seen(Ranks.of(status));
    }

    /** Rank of a fetched purchase, by its own order of states. */
    static long seen(long rank) {
        return SEEN + rank;
    }
}
