package ipn.gateway.content;

/** The syntax of gateway ids. */
public final class GatewayIds {
    /** No gateway has longer ids. Longer texts are hashed, which bounds the length of keys. */
    private static final int LENGTH_MAX = 200;

    private GatewayIds() {}

    /** True for a plain id: 1 to 200 printable ASCII characters without slashes and blanks. */
    public static boolean isId(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c <= ' ' || c >= 127 || c == '/') {
                return false;
            }
        }
        return true;
    }
}
