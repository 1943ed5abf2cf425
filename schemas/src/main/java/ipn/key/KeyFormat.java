package ipn.key;

/** {@code gateway/account/id}: gateway and account hold no slash, the id may. */
final class KeyFormat {
    private static final int PARTS = 3;

    private KeyFormat() {}

    static String join(String gateway, String account, String id) {
        return gateway + "/" + account + "/" + id;
    }

    /** @throws IllegalArgumentException where a part is missing */
    static String[] split(String key, String what) {
        var parts = key.split("/", PARTS);
        if (parts.length < PARTS) {
            throw new IllegalArgumentException(what + ": not in its format (expected: gateway/account/id)");
        }
        return parts;
    }
}
