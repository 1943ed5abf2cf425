package ipn.ingress;

import ipn.gateway.AccountId;
import ipn.gateway.GatewayAccount;
import ipn.gateway.RateLimit;

/**
 * One account, its meters and its rate limit.
 *
 * @param rate limits authentic deliveries only, so that a sender without the secret cannot use up the gateway's quota
 */
record ServedAccount(GatewayAccount account, AccountMeters meters, RateLimit rate) {
    static ServedAccount create(GatewayAccount account, IngressMetrics metrics, int ratePerSecond) {
        AccountId id = account.id();
        var rate = new RateLimit(ratePerSecond, 1, System.nanoTime());
        return new ServedAccount(account, metrics.forAccount(id.gateway(), id.account()), rate);
    }
}
