package ipn.conformance;

import ipn.gateway.Delivery;
import ipn.gateway.content.Bytes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Creates deliveries that differ slightly from authentic ones. */
public final class Tampering {
    /** Characters of the syntax of JSON and of forms. */
    private static final String SYNTAX = "{}[]\",:0-e\\&=%+";

    private Tampering() {}

    public static Delivery body(Delivery delivery, UnaryOperator<byte[]> change) {
        var changed = change.apply(delivery.body().array().clone());
        return new Delivery(
                delivery.headers(),
                Bytes.wrap(changed),
                delivery.receivedAt(),
                delivery.fetchedFrom(),
                delivery.source());
    }

    public static Delivery header(Delivery delivery, String name, List<String> values) {
        Map<String, List<String>> headers = new HashMap<>(delivery.headers());
        if (values.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, values);
        }
        return new Delivery(headers, delivery.body(), delivery.receivedAt(), delivery.fetchedFrom(), delivery.source());
    }

    /** Truncates the body, or changes a byte, some bytes or its syntax at random; may modify the given array. */
    public static byte[] damaged(byte[] body, SplittableRandom random) {
        if (body.length == 0) {
            return body;
        }
        var at = random.nextInt(body.length);
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> {
                body[at] = (byte) random.nextInt(256);
                yield body;
            }
            case 2 -> {
                System.arraycopy(body, 0, body, at, Math.min(16, body.length - at));
                yield body;
            }
            default -> {
                body[at] = (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
                yield body;
            }
        };
    }
}
