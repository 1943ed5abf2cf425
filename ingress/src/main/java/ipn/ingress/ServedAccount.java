package ipn.ingress;

import ipn.gateway.AccountId;
import ipn.gateway.GatewayAccount;
import ipn.gateway.RateLimit;

/**
 * One account and what the ingress keeps beside it.
 *
 * @param rate of authentic deliveries, so that nobody without a secret can use up a gateway's share
 */
record ServedAccount(GatewayAccount account, AccountMeters meters, RateLimit rate) {
    static ServedAccount of(GatewayAccount account, IngressMetrics metrics, int ratePerSecond) {
        AccountId id = account.id();
        var rate = new RateLimit(ratePerSecond, 1, System.nanoTime());
        return new ServedAccount(account, metrics.of(id.gateway(), id.account()), rate);
    }
}
