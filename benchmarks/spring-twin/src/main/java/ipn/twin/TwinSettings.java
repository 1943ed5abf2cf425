package ipn.twin;

import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of this service, below {@code twin}.
 *
 * @param secrets the signing secret by gateway and account
 * @param products what is sold, by the name that payments contain
 */
@ConfigurationProperties("twin")
public record TwinSettings(Map<String, Map<String, String>> secrets, Map<String, Product> products) {
    /**
     * A product.
     *
     * @param entitlement what its buyer may use
     * @param scoped whether it applies to one thing, which the payment names
     * @param prices in minor units by currency
     */
    public record Product(String entitlement, boolean scoped, Map<String, Long> prices) {}

    /** The secret of an account; empty if there is no such account. */
    public Optional<String> secret(String gateway, String account) {
        return Optional.ofNullable(secrets.getOrDefault(gateway, Map.of()).get(account));
    }
}
