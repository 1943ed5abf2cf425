package ipn.gateway;

import java.util.Set;

/**
 * One payment gateway. {@link java.util.ServiceLoader} finds it; a third-party jar may contain one. Authentication has no
 * default implementation: a gateway that does not implement it does not compile.
 */
public interface Gateway {
    /** Name in paths, settings and keys: lower case with dashes, such as {@code paypal-ipn}. */
    String name();

    /**
     * The words of its notifications that a payer can write unless the merchant prevents it; by default none. Setting
     * {@code trusted-words} of an account replaces this.
     */
    default Set<Word> payerWords() {
        return Set.of();
    }

    /** For how long it sends a notification again that was not acknowledged; by default unknown. */
    default Retries retries() {
        return Retries.UNKNOWN;
    }

    /**
     * Opens one configured account. Adds every error to the problems of the settings and returns an account nevertheless;
     * the start then fails because of the problems.
     */
    GatewayAccount open(AccountSettings settings);
}
