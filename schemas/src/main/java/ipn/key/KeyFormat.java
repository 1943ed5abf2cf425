package ipn.key;

/** {@code gateway/account/id}: gateway and account hold no slash, the id may. */
final class KeyFormat {
    private KeyFormat() {}

    static String join(String gateway, String account, String id) {
        return gateway + "/" + account + "/" + id;
    }

    static String gateway(String key) {
        return key.split("/", 2)[0];
    }
}
