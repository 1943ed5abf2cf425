package ipn.simulator;

import ipn.gateway.Delivery;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A signed notification, ready to be sent.
 *
 * @param headers as the gateway writes them
 * @param documents that the gateway serves from now on, by path
 */
public record Outgoing(Map<String, String> headers, Bytes body, Map<String, Bytes> documents) {
    public Outgoing {
        headers = Map.copyOf(headers);
        documents = Map.copyOf(documents);
    }

    public Outgoing(Map<String, String> headers, Bytes body) {
        this(headers, body, Map.of());
    }

    /** The same with one byte in the middle changed to another letter or digit. */
    Outgoing tampered() {
        var bytes = body.array().clone();
        var at = bytes.length / 2;
        while (at < bytes.length - 1 && !Character.isLetterOrDigit(bytes[at])) {
            at++;
        }
        bytes[at] = (byte) (bytes[at] == '7' ? '8' : '7');
        return new Outgoing(headers, Bytes.wrap(bytes), documents);
    }

    /** The same as the ingress receives it. */
    public Delivery received(Instant at) {
        var lower = new TreeMap<String, List<String>>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return new Delivery(lower, body, at);
    }
}
