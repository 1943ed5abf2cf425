package ipn.processor.silence;

/**
 * What is watched on its own: the notifications of one event type of an account, or all of the account.
 *
 * @param type one that is known of the gateway, {@link #ALL} or {@link #OTHER}
 */
public record StreamId(String gateway, String account, String type) {
    /** The notifications of all types. */
    public static final String ALL = "all";

    /** Types that are not known, and those beyond the bound of an account. */
    public static final String OTHER = "other";

    /** Whether it has all notifications of the account. */
    public boolean coversAccount() {
        return type.equals(ALL);
    }

    /** The stream of all notifications of the same account. */
    public StreamId whole() {
        return new StreamId(gateway, account, ALL);
    }
}
