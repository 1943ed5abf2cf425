package ipn.simulator;

import ipn.gateway.content.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The documents that {@link GatewayStandIn} serves, by path. Thread-safe. */
final class StandInDocuments {
    /** Bounds the memory of a long run; the oldest are removed first. */
    private static final int REGISTERED_MAX = 50_000;

    private final Map<String, Bytes> permanent = new ConcurrentHashMap<>();
    private final LinkedHashMap<String, Bytes> registered = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bytes> eldest) {
            return size() > REGISTERED_MAX;
        }
    };

    /** Adds a document that is never removed. */
    void addPermanent(String path, Bytes document) {
        permanent.put(path, document);
    }

    /** Adds or replaces a document. */
    synchronized void register(String path, Bytes document) {
        registered.put(path, document);
    }

    synchronized Optional<Bytes> find(String path) {
        return Optional.ofNullable(registered.getOrDefault(path, permanent.get(path)));
    }
}
