package ipn.key;

/**
 * Which event of a gateway: the same on every redelivery. Written {@code gateway/account/id}. Total: any text is kept as it is.
 *
 * @param text as it is written
 */
public record EventKey(String text) {

    /** @param id at the gateway; may hold slashes */
    public EventKey(String gateway, String account, String id) {
        this(KeyFormat.join(gateway, account, id));
    }

    /** A key as it was written. */
    public static EventKey parse(String text) {
        return new EventKey(text);
    }

    /** Name of the gateway; the whole text where it is not in the format. */
    public String gateway() {
        return KeyFormat.gateway(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
