package ipn.twin.entitlement;

import ipn.twin.TwinSettings;
import ipn.twin.TwinSettings.Product;
import ipn.twin.gateway.Purchase;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Gives the key of what a purchase entitles to: subject, entitlement, and reference if the product applies to one thing. */
@Component
public class EntitlementKeys {
    private final TwinSettings settings;

    public EntitlementKeys(TwinSettings settings) {
        this.settings = settings;
    }

    /** Empty for a product that is not sold, or one that lacks its reference. */
    Optional<String> of(Purchase purchase) {
        return Optional.ofNullable(settings.products().get(purchase.product()))
                .flatMap(product -> scope(product, purchase)
                        .map(scope -> purchase.subject() + "/" + product.entitlement() + scope));
    }

    private static Optional<String> scope(Product product, Purchase purchase) {
        return product.scoped() ? purchase.reference().map(reference -> "/" + reference) : Optional.of("");
    }

    static String subject(String key) {
        return key.substring(0, key.indexOf('/'));
    }
}
