package ipn.bench.growth;

import ipn.key.EntitlementKey;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Which part of the key of a stored record decides its partition: that which is the key of the topic that the store is filled from. */
final class StoreRouting {
    private static final int DUE_TIME = "000000000000000/".length();

    private static final Map<String, UnaryOperator<String>> BY_STORE = Map.of(
            "payments", key -> key,
            "payment-allocations", key -> key,
            "payments-due", StoreRouting::afterTime,
            "order-allocations", key -> key,
            "orders-due", StoreRouting::afterTime,
            "entitlement-claims", StoreRouting::subject,
            "entitlements-due", key -> subject(afterTime(key)));

    private StoreRouting() {}

    /**
     * @param store name of the store
     * @param key as it is stored
     * @throws IllegalArgumentException if the store is not known here
     */
    static String routingKey(String store, String key) {
        var routing = BY_STORE.get(store);
        if (routing == null) {
            throw new IllegalArgumentException("store: %s (expected: one of %s)".formatted(store, BY_STORE.keySet()));
        }
        return routing.apply(key);
    }

    private static String afterTime(String key) {
        return key.substring(DUE_TIME);
    }

    private static String subject(String key) {
        return EntitlementKey.parse(key)
                .orElseThrow(
                        () -> new IllegalArgumentException("key: %s (expected: an entitlement key)".formatted(key)))
                .subject()
                .value();
    }
}
