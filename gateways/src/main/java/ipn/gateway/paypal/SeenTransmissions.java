package ipn.gateway.paypal;

import ipn.gateway.content.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds each transmission to its body. The signature covers only a CRC-32, so whoever got hold of one signed delivery could make
 * up another body for it. Remembers the newest of this process; what comes later, or elsewhere, is told by its event's id.
 */
final class SeenTransmissions {
    static final int REMEMBERED_MAX = 10_000;

    private final Map<String, String> bodies = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    /** Whether the transmission, whose signature is right, came with this body if it came before. */
    synchronized boolean isSame(String transmission, Bytes body) {
        var hash = body.sha256();
        var before = bodies.putIfAbsent(transmission, hash);
        return before == null || before.equals(hash);
    }

    synchronized int size() {
        return bodies.size();
    }
}
