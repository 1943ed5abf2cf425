package ipn.gateway.shopify;

import ipn.fact.Fact.Breakdown;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.Line;
import ipn.gateway.content.GatewayIds;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads how Shopify calculated an order from the variants' prices. The amount of a line is the price times the quantity that was
 * ordered, before discounts; it contains taxes where the order has {@code taxes_included}.
 *
 * @param currency the order's presentment currency
 */
record OrderBreakdown(ShopifyEvent event, String currency) {
    /**
     * The breakdown; empty if the order has no lines, or its lines do not make up its price, such as after an edit.
     *
     * @param renews the order names the contract that it renews
     */
    static Optional<Breakdown> read(ShopifyEvent event, String currency, boolean renews) {
        return new OrderBreakdown(event, currency).read(renews);
    }

    private Optional<Breakdown> read(boolean renews) {
        var items = event.at("line_items").elements();
        if (!items.stream().allMatch(item -> event.hasPresentment(item, "price"))) {
            return Optional.empty();
        }
        var lines = items.stream()
                .filter(item -> quantity(item) > 0)
                .map(this::line)
                .toList();
        return lines.isEmpty() || lines.size() > Breakdown.LINES_MAX || !isComplete(lines)
                ? Optional.empty()
                : Optional.of(new Breakdown(
                        reason(renews),
                        total(
                                "total_discounts",
                                lines.stream().mapToLong(Line::discount).sum()),
                        total("total_tax", lines.stream().mapToLong(Line::tax).sum()),
                        0,
                        lines));
    }

    private boolean isComplete(List<Line> lines) {
        var sum = lines.stream().mapToLong(Line::amount).sum();
        return total("total_line_items_price", sum) == sum;
    }

    private Line line(JsonField item) {
        var discounts = item.at("discount_allocations").elements();
        var discount = discounts.isEmpty() ? amountIfPresent(item, "total_discount") : sum(discounts, "amount");
        var line = Line.of(skus(item), quantity(item), price(item))
                .withTax(sum(item.at("tax_lines").elements(), "price"));
        return discount > 0 ? line.withDiscount(discount, discountName(discounts)) : line;
    }

    /** The names of a line: its variant, the merchant's SKU, its product. */
    static List<String> skus(JsonField item) {
        return Stream.of(
                        item.at("variant_id").id(),
                        Orders.sku(item),
                        item.at("product_id").id())
                .flatMap(Optional::stream)
                .toList();
    }

    /** The code or the title of the first discount, if it is a plain word. */
    private Optional<String> discountName(List<JsonField> discounts) {
        var applications = event.at("discount_applications").elements();
        return discounts.stream()
                .flatMap(discount -> discount.at("discount_application_index").glance().stream())
                .filter(index -> index.matches("[0-9]{1,6}") && Integer.parseInt(index) < applications.size())
                .map(index -> applications.get(Integer.parseInt(index)))
                .flatMap(application -> Stream.of("code", "title")
                        .flatMap(name -> application.at(name).glance().stream())
                        .filter(GatewayIds::isId)
                        .limit(1))
                .findFirst();
    }

    private long price(JsonField item) {
        try {
            return Math.multiplyExact(amount(item, "price"), quantity(item));
        } catch (ArithmeticException e) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT, item.at("price").pointer() + ": out of range (expected: a real amount)");
        }
    }

    private static long quantity(JsonField item) {
        return item.at("quantity")
                .glance()
                .filter(quantity -> quantity.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(1L);
    }

    private long total(String name, long otherwise) {
        return event.hasPresentment(event.body(), name) ? amount(event.body(), name) : otherwise;
    }

    private long sum(List<JsonField> parts, String name) {
        return parts.stream().mapToLong(part -> amount(part, name)).sum();
    }

    private long amountIfPresent(JsonField object, String name) {
        return event.hasPresentment(object, name) ? amount(object, name) : 0;
    }

    private long amount(JsonField object, String name) {
        var money = event.presentment(object, name);
        if (!money.currency().equals(currency)) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT,
                    object.at(name).pointer() + ": another currency than the order's (expected: one currency)");
        }
        return money.minorUnits();
    }

    private InvoiceReason reason(boolean renews) {
        var source = event.at("source_name").glance().orElse("");
        return switch (source) {
            case "subscription_contract", "subscription_contract_checkout_one" -> InvoiceReason.RENEWAL;
            case "shopify_draft_order" -> InvoiceReason.MANUAL;
            default -> renews ? InvoiceReason.RENEWAL : InvoiceReason.OTHER;
        };
    }
}
