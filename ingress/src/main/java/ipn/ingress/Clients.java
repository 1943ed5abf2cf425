package ipn.ingress;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clients that are connected, and the addresses that sent authentic deliveries lately. The two are kept apart, so that no number
 * of strangers can push out an address that has proven itself.
 */
final class Clients {
    private static final Duration PROVEN_FOR = Duration.ofHours(1);
    private static final int PROVEN_MAX = 100_000;

    private final Map<ClientAddress, Client> active = new ConcurrentHashMap<>();
    private final Cache<ClientAddress, Boolean> proven = Caffeine.newBuilder()
            .expireAfterWrite(PROVEN_FOR)
            .maximumSize(PROVEN_MAX)
            .build();

    /** The client of an address, which is kept until it is released as often as it was acquired. */
    Client acquire(ClientAddress address) {
        return active.compute(address, (key, known) -> {
            var client = known == null ? new Client(key, isProven(key)) : known;
            client.use(1);
            return client;
        });
    }

    void release(Client client) {
        active.computeIfPresent(client.address(), (key, known) -> known.use(-1) == 0 ? null : known);
    }

    /** Whether a client with this address sent an authentic delivery lately. */
    boolean isProven(ClientAddress address) {
        return proven.getIfPresent(address) != null;
    }

    /** Notes that a client sent an authentic delivery. To remember its address takes longer than all else here, so that is done once a minute. */
    void prove(Client client) {
        if (client.prove(System.nanoTime())) {
            proven.put(client.address(), true);
        }
    }
}
