package ipn.app.command.query;

import ipn.app.output.Amount;
import ipn.avro.Order;
import ipn.projector.catalogue.ProductCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is probably wrong with an order, although it may be written. */
record OrderWarnings(ProductCatalogue products) {

    /**
     * The warnings.
     *
     * @param before the order as it was last written, if it exists
     */
    List<String> about(Order order, Optional<Order> before) {
        var warnings = new ArrayList<String>();
        var product = products.get(order.getProduct());
        if (product.isEmpty()) {
            warnings.add(
                    "warning: --product: %s is unknown (expected: a product of the settings: %s); its payment will be UNKNOWN_PRODUCT"
                            .formatted(
                                    order.getProduct(),
                                    String.join(
                                            ", ",
                                            new TreeSet<>(products.byName().keySet()))));
        } else if (product.get().scoped() && order.getReference() == null) {
            warnings.add(
                    "warning: --reference: missing (expected: the id of what %s applies to, such as post_7); its payment will be NO_SCOPE"
                            .formatted(order.getProduct()));
        }
        before.map(known -> differences(known, order))
                .filter(differences -> !differences.isEmpty())
                .ifPresent(differences ->
                        warnings.add("warning: %s: exists already with other terms, which are replaced: %s"
                                .formatted(order.getOrderId(), String.join(", ", differences))));
        return warnings;
    }

    private static List<String> differences(Order before, Order now) {
        var differences = new ArrayList<String>();
        add(differences, "subject", before.getSubject(), now.getSubject());
        add(differences, "product", before.getProduct(), now.getProduct());
        add(differences, "reference", before.getReference(), now.getReference());
        add(differences, "amount", amount(before), amount(now));
        add(differences, "account", before.getGatewayAccount(), now.getGatewayAccount());
        add(differences, "mode", mode(before), mode(now));
        add(differences, "pay by", before.getPayBy(), now.getPayBy());
        return differences;
    }

    private static void add(List<String> differences, String term, @Nullable Object before, @Nullable Object now) {
        if (!Objects.equals(before, now)) {
            differences.add("%s was %s".formatted(term, Objects.requireNonNullElse(before, "none")));
        }
    }

    private static String amount(Order order) {
        return Amount.shown(order.getAmount(), order.getCurrency());
    }

    private static String mode(Order order) {
        return order.getLive() ? "live" : "test";
    }
}
