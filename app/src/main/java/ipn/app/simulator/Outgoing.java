package ipn.app.simulator;

import ipn.gateway.Bytes;
import ipn.gateway.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A signed notification, ready to be posted.
 *
 * @param headers as the gateway writes them
 */
public record Outgoing(Map<String, String> headers, Bytes body) {
    public Outgoing {
        headers = Map.copyOf(headers);
    }

    /** The same as the ingress will see it. */
    public Delivery received(Instant at) {
        var lower = new TreeMap<String, List<String>>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return new Delivery(lower, body, at);
    }
}
