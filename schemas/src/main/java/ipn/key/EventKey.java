package ipn.key;

/**
 * Which event of a gateway: the same on every redelivery. Written {@code gateway/account/id}.
 *
 * @param id at the gateway; may hold slashes
 */
public record EventKey(String gateway, String account, String id) {

    /** @throws IllegalArgumentException where the text is not in the format */
    public static EventKey parse(String text) {
        var parts = KeyFormat.split(text, "event key");
        return new EventKey(parts[0], parts[1], parts[2]);
    }

    @Override
    public String toString() {
        return KeyFormat.join(gateway, account, id);
    }
}
