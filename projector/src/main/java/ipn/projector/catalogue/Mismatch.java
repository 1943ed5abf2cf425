package ipn.projector.catalogue;

/**
 * Why money does not match what was expected, or that it did not come.
 *
 * @param kind one of the constants
 * @param about payment key, and the bill where it is about one of several; {@code order/} and the id of an order
 * @param expected for people
 * @param actual for people
 */
public record Mismatch(String kind, String about, String expected, String actual) {
    // spotless:off
    public static final String UNDERPAID         = "UNDERPAID";
    public static final String OVERPAID          = "OVERPAID";
    public static final String CURRENCY_MISMATCH = "CURRENCY_MISMATCH";
    public static final String WRONG_ACCOUNT     = "WRONG_ACCOUNT";
    public static final String WRONG_MODE        = "WRONG_MODE";
    public static final String UNKNOWN_ORDER     = "UNKNOWN_ORDER";
    public static final String NO_ORDER          = "NO_ORDER";
    public static final String DUPLICATE_PAYMENT = "DUPLICATE_PAYMENT";
    public static final String MISSING           = "MISSING";
    public static final String UNKNOWN_PRODUCT   = "UNKNOWN_PRODUCT";
    public static final String NO_PRODUCT        = "NO_PRODUCT";
    public static final String NO_SUBJECT        = "NO_SUBJECT";
    public static final String NO_SCOPE          = "NO_SCOPE";
    // spotless:on
}
