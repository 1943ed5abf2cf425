package ipn.gateway;

/**
 * One payment gateway. {@link java.util.ServiceLoader} finds it; a third-party jar may contain one. Authentication has no
 * default implementation: a gateway that does not implement it does not compile.
 */
public interface Gateway {
    /** Name in paths, settings and keys: lower case with dashes, such as {@code paypal-ipn}. */
    String name();

    /**
     * Opens one configured account. Adds every error to the problems of the settings and returns an account nevertheless;
     * the start then fails because of the problems.
     */
    GatewayAccount open(AccountSettings settings);
}
