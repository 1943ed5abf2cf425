package ipn.ingress;

import ipn.gateway.AccountId;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.RateLimit;
import ipn.gateway.Retries;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * One account, its meters and its rate limit.
 *
 * @param rate limits authentic deliveries only, so that a sender without the secret cannot use up the gateway's quota
 */
record ServedAccount(GatewayAccount account, AccountMeters meters, RateLimit rate) {
    private static final Map<String, Retries> RETRIES = ServiceLoader.load(Gateway.class).stream()
            .map(ServiceLoader.Provider::get)
            .collect(Collectors.toUnmodifiableMap(Gateway::name, Gateway::retries, (one, other) -> one));

    static ServedAccount create(GatewayAccount account, IngressMetrics metrics, int ratePerSecond) {
        AccountId id = account.id();
        var rate = new RateLimit(ratePerSecond, 1, System.nanoTime());
        var retries = RETRIES.getOrDefault(id.gateway(), Retries.UNKNOWN).of(id);
        return new ServedAccount(account, metrics.forAccount(id.gateway(), id.account(), retries), rate);
    }
}
