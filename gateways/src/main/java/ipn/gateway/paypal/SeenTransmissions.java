package ipn.gateway.paypal;

import ipn.gateway.content.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rejects a transmission id that was already used with another body. The signature covers only a CRC-32 of the body, so
 * with one signed delivery an attacker could forge another body with the same checksum. Remembers the latest
 * transmissions of this process; after that, or on another node, the event id detects the duplicate.
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

    /** True where the verified transmission is new, or came with the same body before. */
    synchronized boolean isSame(String transmission, Bytes body) {
        var hash = body.sha256();
        var before = bodies.putIfAbsent(transmission, hash);
        return before == null || before.equals(hash);
    }

    synchronized int size() {
        return bodies.size();
    }
}
