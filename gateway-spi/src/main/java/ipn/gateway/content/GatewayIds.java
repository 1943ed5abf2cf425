package ipn.gateway.content;

/** GatewayIds as gateways write them. */
public final class GatewayIds {
    /** GatewayIds longer than this are no gateway's; they are hashed, so that keys have a bound. */
    private static final int LENGTH_MAX = 200;

    private GatewayIds() {}

    /** Printable, free of slashes and blanks, neither empty nor long. */
    public static boolean isId(String text) {
        return !text.isEmpty()
                && text.length() <= LENGTH_MAX
                && text.chars().allMatch(c -> c > ' ' && c < 127 && c != '/');
    }
}
