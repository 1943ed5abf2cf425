package ipn.simulator;

import ipn.gateway.content.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a simulated gateway answers when it is asked, by path. Thread-safe. */
final class Documents {
    /** More than a day of trying things out; the oldest go first. */
    private static final int TOLD_MAX = 50_000;

    private final Map<String, Bytes> kept = new ConcurrentHashMap<>();
    private final LinkedHashMap<String, Bytes> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bytes> eldest) {
            return size() > TOLD_MAX;
        }
    };

    /** A document that is always there. */
    void keep(String path, Bytes document) {
        kept.put(path, document);
    }

    /** A document as it stands now. */
    synchronized void tell(String path, Bytes document) {
        told.put(path, document);
    }

    synchronized Optional<Bytes> find(String path) {
        return Optional.ofNullable(told.getOrDefault(path, kept.get(path)));
    }
}
