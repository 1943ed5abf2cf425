package ipn.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Deliveries that differ a little from authentic ones. */
public final class Tampering {
    private Tampering() {}

    public static Delivery body(Delivery delivery, UnaryOperator<byte[]> change) {
        var changed = change.apply(delivery.body().array().clone());
        return new Delivery(delivery.headers(), Bytes.wrap(changed), delivery.receivedAt());
    }

    public static Delivery header(Delivery delivery, String name, List<String> values) {
        Map<String, List<String>> headers = new HashMap<>(delivery.headers());
        if (values.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, values);
        }
        return new Delivery(headers, delivery.body(), delivery.receivedAt());
    }
}
