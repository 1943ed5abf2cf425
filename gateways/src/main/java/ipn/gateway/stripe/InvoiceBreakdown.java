package ipn.gateway.stripe;

import ipn.fact.Fact.Breakdown;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.Line;
import ipn.gateway.content.GatewayIds;
import ipn.gateway.content.JsonField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads how Stripe calculated an invoice. The amount of a line is the price times the quantity, before discounts; it contains
 * only taxes that the price contains. Since the API version of March 2025 the taxes are in {@code taxes}, before in
 * {@code tax_amounts}.
 */
final class InvoiceBreakdown {
    private final StripeEvent event;
    private final InvoiceLines lines;

    private InvoiceBreakdown(StripeEvent event, InvoiceLines lines) {
        this.event = event;
        this.lines = lines;
    }

    /**
     * The breakdown; empty if the event does not contain every line. Stripe sends the first lines only, with {@code has_more}, if
     * there are many.
     */
    static Optional<Breakdown> read(StripeEvent event, InvoiceLines lines) {
        return new InvoiceBreakdown(event, lines).read();
    }

    private Optional<Breakdown> read() {
        var items = lines.all();
        if (items.stream().anyMatch(item -> !item.at("amount").isPresent())) {
            return Optional.empty();
        }
        var read =
                items.stream().filter(item -> !isNothing(item)).map(this::line).toList();
        return read.isEmpty() || read.size() > Breakdown.LINES_MAX || !isComplete(items)
                ? Optional.empty()
                : Optional.of(new Breakdown(reason(), discount(read), tax(), credit(), read));
    }

    private boolean isComplete(List<JsonField> items) {
        if (!event.at("lines").at("has_more").flag()) {
            return true;
        }
        var subtotal = event.at("subtotal");
        var sum = items.stream()
                .mapToLong(item -> event.signed(item.at("amount")))
                .sum();
        return subtotal.isPresent() && event.signed(subtotal) == sum;
    }

    /** A subscription item of quantity 0, such as usage that was not used. */
    private boolean isNothing(JsonField item) {
        var quantity = item.at("quantity").node();
        return quantity.isNumber() && quantity.decimalValue().signum() == 0 && event.signed(item.at("amount")) == 0;
    }

    private Line line(JsonField item) {
        var discounts = item.at("discount_amounts").elements();
        var discount = atLeastZero(sum(discounts));
        var line = Line.of(Skus.names(item), quantity(item), event.signed(item.at("amount")))
                .withTax(atLeastZero(sum(taxes(item, "taxes", "tax_amounts"))))
                .prorated(InvoiceLines.isProration(item));
        var period = lines.periodOf(item);
        line = line.withPeriod(period.map(InvoiceLines.Period::from), period.map(InvoiceLines.Period::until));
        // unless the merchant has chosen otherwise, Stripe reduces prorations itself and reports discounts of 0
        return discount > 0 || line.proration() ? line.withDiscount(discount, discountName(item, discounts)) : line;
    }

    /** Decimal quantities, such as those of usage, count as 1: the catalog has no price for a part. */
    private static long quantity(JsonField item) {
        return item.at("quantity").glanceCount().orElse(1L);
    }

    /** The coupon of the first discount, else the discount's own id: Stripe expands discounts in old API versions only. */
    private Optional<String> discountName(JsonField item, List<JsonField> discounts) {
        var applied = new ArrayList<JsonField>();
        discounts.stream()
                .sorted(Comparator.comparing(discount -> event.signed(discount.at("amount")) <= 0))
                .forEach(discount -> applied.add(discount.at("discount")));
        applied.addAll(item.at("discounts").elements());
        var known = new ArrayList<>(applied);
        known.addAll(event.at("discounts").elements());
        known.add(event.at("discount"));
        return applied.stream()
                .flatMap(discount -> id(discount).stream())
                .findFirst()
                .map(wanted -> known.stream()
                        .filter(discount -> id(discount).equals(Optional.of(wanted)))
                        .flatMap(discount -> coupon(discount).stream())
                        .findFirst()
                        .orElse(wanted));
    }

    private static Optional<String> coupon(JsonField discount) {
        return id(discount.at("coupon"))
                .or(() -> id(discount.at("source").at("coupon")))
                .or(() -> id(discount.at("promotion_code")));
    }

    /** The id of an object or of a reference to one; empty for anything else, because names of discounts are optional. */
    private static Optional<String> id(JsonField reference) {
        return (reference.node().isObject() ? reference.at("id") : reference)
                .glance()
                .filter(GatewayIds::isId);
    }

    private long discount(List<Line> read) {
        var total = event.at("total_discount_amounts");
        return total.isPresent()
                ? atLeastZero(sum(total.elements()))
                : read.stream().mapToLong(Line::discount).sum();
    }

    private long tax() {
        var taxes = taxes(event.object(), "total_taxes", "total_tax_amounts");
        var single = event.at("tax");
        return atLeastZero(taxes.isEmpty() && single.isPresent() ? event.signed(single) : sum(taxes));
    }

    private static List<JsonField> taxes(JsonField object, String name, String formerName) {
        return (object.at(name).isPresent() ? object.at(name) : object.at(formerName)).elements();
    }

    /**
     * What the customer's balance paid: the part of the total that is not due, except for credit notes, which pay nothing. In
     * addition, billing credits, which Stripe subtracts from the total.
     */
    private long credit() {
        var total = event.at("total");
        var balance = total.isPresent()
                ? event.signed(total)
                        - event.signed(event.at("amount_due"))
                        - optional(event.at("pre_payment_credit_notes_amount"))
                : 0;
        var billingCredits = event.at("total_pretax_credit_amounts").elements().stream()
                .filter(credit -> credit.at("type").glance().equals(Optional.of("credit_balance_transaction")))
                .toList();
        return atLeastZero(balance) + atLeastZero(sum(billingCredits));
    }

    private InvoiceReason reason() {
        return switch (event.at("billing_reason").glance().orElse("")) {
            case "subscription_create" -> InvoiceReason.FIRST;
            case "subscription_cycle" -> InvoiceReason.RENEWAL;
            case "subscription_update" -> InvoiceReason.SWITCH;
            case "manual", "quote_accept", "automatic_pending_invoice_item_invoice" -> InvoiceReason.MANUAL;
            default -> InvoiceReason.OTHER;
        };
    }

    private long sum(List<JsonField> amounts) {
        return amounts.stream()
                .mapToLong(amount -> event.signed(amount.at("amount")))
                .sum();
    }

    private long optional(JsonField amount) {
        return amount.isPresent() ? event.signed(amount) : 0;
    }

    private static long atLeastZero(long amount) {
        return Math.max(0, amount);
    }
}
