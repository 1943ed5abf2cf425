package ipn.ingress;

import ipn.gateway.AccountId;
import ipn.gateway.GatewayAccount;
import org.jspecify.annotations.Nullable;

/**
 * One account and what the ingress keeps beside it.
 *
 * @param account null stands for every path that is no account's
 * @param rate of authentic deliveries, so that nobody without a secret can use up a gateway's share
 */
record ServedAccount(
        @Nullable GatewayAccount account, String gateway, String name, AccountMeters meters, RateLimit rate) {
    private static final String NONE = "unknown";

    static ServedAccount of(GatewayAccount account, IngressMetrics metrics, int ratePerSecond) {
        AccountId id = account.id();
        return new ServedAccount(
                account,
                id.gateway(),
                id.account(),
                metrics.of(id.gateway(), id.account()),
                new RateLimit(ratePerSecond, 1, System.nanoTime()));
    }

    static ServedAccount unknown(IngressMetrics metrics) {
        return new ServedAccount(null, NONE, NONE, metrics.of(NONE, NONE), new RateLimit(0, 1, System.nanoTime()));
    }
}
