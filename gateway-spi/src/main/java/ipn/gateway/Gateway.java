package ipn.gateway;

/**
 * One payment gateway. Found by {@link java.util.ServiceLoader}; a jar of a third party may bring one. A gateway has no
 * defaults to forget: what does not say how it authenticates does not compile.
 */
public interface Gateway {
    /** Name in paths, settings and keys: lower case with dashes, such as {@code paypal-ipn}. */
    String name();

    /**
     * Opens one configured account. Notes everything wrong in the problems of the settings and returns an account all the
     * same; the start fails on the problems afterwards.
     */
    GatewayAccount open(AccountSettings settings);
}
