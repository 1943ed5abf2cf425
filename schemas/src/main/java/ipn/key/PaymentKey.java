package ipn.key;

/**
 * Which payment, invoice or subscription a fact is about: the same over all its events. Written {@code gateway/account/id}, the
 * record key of {@code ipn.raw}, {@code ipn.outcomes} and {@code ipn.payments}. Total: any text is kept as it is.
 *
 * @param text as it is written
 */
public record PaymentKey(String text) implements Comparable<PaymentKey> {

    /** @param id at the gateway; may hold slashes */
    public PaymentKey(String gateway, String account, String id) {
        this(KeyFormat.join(gateway, account, id));
    }

    /** A key as it was written. */
    public static PaymentKey parse(String text) {
        return new PaymentKey(text);
    }

    /** Name of the gateway; the whole text where it is not in the format. */
    public String gateway() {
        return KeyFormat.gateway(text);
    }

    /** {@code gateway/account}; the first part alone where the key has fewer than three. */
    public String gatewayAccount() {
        var parts = text.split("/", 3);
        return parts.length < 3 ? parts[0] : parts[0] + "/" + parts[1];
    }

    @Override
    public int compareTo(PaymentKey other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
