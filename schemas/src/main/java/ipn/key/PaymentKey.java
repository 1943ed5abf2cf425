package ipn.key;

/**
 * Which payment, invoice or subscription a fact is about: the same over all its events. Written {@code gateway/account/id}, the
 * record key of {@code ipn.raw}, {@code ipn.outcomes} and {@code ipn.payments}.
 *
 * @param id at the gateway; may hold slashes
 */
public record PaymentKey(String gateway, String account, String id) implements Comparable<PaymentKey> {

    /** @throws IllegalArgumentException where the text is not in the format */
    public static PaymentKey parse(String text) {
        var parts = KeyFormat.split(text, "payment key");
        return new PaymentKey(parts[0], parts[1], parts[2]);
    }

    @Override
    public int compareTo(PaymentKey other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return KeyFormat.join(gateway, account, id);
    }
}
