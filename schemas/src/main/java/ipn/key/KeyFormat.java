package ipn.key;

/**
 * {@code gateway/account/id}: gateway and account hold no slash, the id may.
 *
 * <p>Parts of other keys may contain any text, because payers, gateways and checkouts choose it. The character that separates the parts, and
 * {@code %}, are percent-encoded in them, so that different parts never give the same key. Ordinary ids contain neither.
 */
final class KeyFormat {
    private KeyFormat() {}

    static String join(String gateway, String account, String id) {
        return gateway + "/" + account + "/" + id;
    }

    /** A part of a key whose parts are separated by slashes. */
    static String betweenSlashes(String part) {
        return part.replace("%", "%25").replace("/", "%2F");
    }

    /** A part of a key whose parts are separated by spaces. */
    static String betweenSpaces(String part) {
        return part.replace("%", "%25").replace(" ", "%20");
    }

    /** A part of a key whose parts are separated by commas, and which contains no space. */
    static String betweenCommas(String part) {
        return withoutSpaces(part.replace("%", "%25").replace(",", "%2C"));
    }

    /** A key in which {@code %} is encoded already. */
    static String withoutSpaces(String key) {
        return key.replace(" ", "%20");
    }

    /** The part that {@link #betweenSlashes} encoded. */
    static String decode(String encoded) {
        return encoded.replace("%2F", "/").replace("%25", "%");
    }

    static String gateway(String key) {
        return key.split("/", 2)[0];
    }
}
