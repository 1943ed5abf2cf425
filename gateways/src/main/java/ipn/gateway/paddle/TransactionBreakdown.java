package ipn.gateway.paddle;

import ipn.fact.Fact.Breakdown;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.Line;
import ipn.gateway.content.GatewayIds;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads how Paddle calculated a transaction. {@code details.line_items} contain the amounts, {@code items} the prices and products.
 * The subtotal of a line never contains tax, even if the price does; the amount of our line contains it then, as the price does.
 */
final class TransactionBreakdown {
    private static final String QUANTITY = "-?[0-9]{1,9}";

    private final PaddleEvent event;
    private final boolean ofSubscription;
    private final JsonField totals;
    private final Map<String, JsonField> itemsByPrice = new LinkedHashMap<>();

    private TransactionBreakdown(PaddleEvent event, boolean ofSubscription) {
        this.event = event;
        this.ofSubscription = ofSubscription;
        this.totals = event.at("details").at("totals");
        event.at("items")
                .elements()
                .forEach(item -> priceId(item).ifPresent(price -> itemsByPrice.putIfAbsent(price, item)));
    }

    /** The breakdown; empty if the event contains no lines, or not the amount of each. */
    static Optional<Breakdown> read(PaddleEvent event, boolean ofSubscription) {
        return new TransactionBreakdown(event, ofSubscription).read();
    }

    private Optional<Breakdown> read() {
        var items = event.at("details").at("line_items").elements();
        var isComplete =
                items.stream().allMatch(item -> item.at("totals").at("subtotal").isPresent());
        var lines = !isComplete
                ? List.<Line>of()
                : items.isEmpty()
                        ? ofPrices()
                        : items.stream()
                                .filter(item -> quantity(item) != 0 || amount(item, "subtotal") != 0)
                                .map(this::line)
                                .toList();
        return lines.isEmpty() || lines.size() > Breakdown.LINES_MAX
                ? Optional.empty()
                : Optional.of(new Breakdown(
                        reason(),
                        lines.stream().mapToLong(Line::discount).sum(),
                        total("tax"),
                        total("credit"),
                        lines));
    }

    private Line line(JsonField item) {
        var price = item.at("price_id").id();
        var proration = item.at("proration");
        var sold = Optional.ofNullable(itemsByPrice.get(price.orElse("")));
        var product = item.at("product").at("id").id().or(() -> sold.flatMap(TransactionBreakdown::productId));
        var withTax = proration.isPresent() ? Optional.<Long>empty() : priceWithTax(item, sold);
        var discount = atLeastZero(amount(item, "discount"));
        var amount = amount(item, "subtotal");
        if (withTax.isPresent()) {
            var total = amount - discount + amount(item, "tax");
            amount = discount > 0 ? Math.max(withTax.get(), total) : total;
            discount = amount - total;
        }
        // an adjustment names the item itself
        var names = Stream.of(price, product, item.at("id").glanceId().filter(GatewayIds::isId));
        var line = Line.of(names.flatMap(Optional::stream).toList(), Math.max(1, Math.abs(quantity(item))), amount)
                .withTax(atLeastZero(amount(item, "tax")))
                .prorated(proration.isPresent());
        var period = Period.in(event, proration.at("billing_period")).orElseGet(() -> period(sold));
        line = line.withPeriod(period.from(), period.until());
        return discount > 0
                ? line.withDiscount(discount, event.at("discount_id").id())
                : line;
    }

    /**
     * The price of the quantity, if the price contains tax: if it is the subtotal with tax, up to the rounding of each piece. Paddle does
     * not report in a transaction how an account's prices are meant.
     */
    private Optional<Long> priceWithTax(JsonField item, Optional<JsonField> sold) {
        var unit = sold.map(known -> known.at("price").at("unit_price").at("amount"))
                .filter(JsonField::isPresent);
        var rate = item.at("tax_rate").glance().filter(text -> text.matches("[0-9](\\.[0-9]{1,12})?"));
        if (unit.isEmpty() || rate.isEmpty() || quantity(item) < 1) {
            return Optional.empty();
        }
        var price = times(event.signed(unit.get()), quantity(item), unit.get());
        var subtotal = amount(item, "subtotal");
        var rounding = BigDecimal.valueOf(quantity(item));
        var difference = BigDecimal.valueOf(subtotal)
                .multiply(BigDecimal.ONE.add(new BigDecimal(rate.get())))
                .subtract(BigDecimal.valueOf(price))
                .abs();
        return price > subtotal && difference.compareTo(rounding) <= 0 ? Optional.of(price) : Optional.empty();
    }

    /**
     * Lines of the prices alone, if Paddle has not calculated any yet: only if they make up the subtotal, and if nothing has to
     * be divided among them.
     */
    private List<Line> ofPrices() {
        var lines = event.at("items").elements().stream()
                .filter(item -> quantity(item) > 0)
                .flatMap(item -> ofPrice(item).stream())
                .toList();
        var sum = lines.stream().mapToLong(Line::amount).sum();
        var isWhole = lines.size() == event.at("items").elements().size()
                && totals.at("subtotal").isPresent()
                && event.signed(totals.at("subtotal")) == sum
                && total("discount") == 0
                && total("tax") == 0;
        return isWhole ? lines : List.of();
    }

    private Optional<Line> ofPrice(JsonField item) {
        var price = item.at("price").at("unit_price");
        if (!price.at("amount").isPresent() || item.at("proration").isPresent()) {
            return Optional.empty();
        }
        var skus =
                Stream.concat(priceId(item).stream(), productId(item).stream()).toList();
        var period = period(Optional.of(item));
        return Optional.of(Line.of(skus, quantity(item), times(event.signed(price.at("amount")), quantity(item), price))
                .withPeriod(period.from(), period.until()));
    }

    /** The transaction's period, for a price that is billed every period. */
    private Period period(Optional<JsonField> sold) {
        var isOnce = !ofSubscription
                || sold.map(item -> item.at("price").at("billing_cycle").node().isNull())
                        .orElse(false);
        return isOnce
                ? Period.NONE
                : Period.in(event, event.at("billing_period")).orElse(Period.NONE);
    }

    private static Optional<String> priceId(JsonField item) {
        return item.at("price").at("id").id().or(() -> item.at("price_id").id());
    }

    private static Optional<String> productId(JsonField item) {
        return item.at("price").at("product_id").id();
    }

    /** Negative where an item is removed within a period. */
    private static long quantity(JsonField item) {
        return item.at("quantity")
                .glance()
                .filter(quantity -> quantity.matches(QUANTITY))
                .map(Long::parseLong)
                .orElse(1L);
    }

    private static long times(long amount, long quantity, JsonField price) {
        try {
            return Math.multiplyExact(amount, quantity);
        } catch (ArithmeticException e) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT, price.pointer() + ": out of range (expected: a real amount)");
        }
    }

    private long amount(JsonField item, String name) {
        var amount = item.at("totals").at(name);
        return amount.isPresent() ? event.signed(amount) : 0;
    }

    private long total(String name) {
        var amount = totals.at(name);
        return amount.isPresent() ? atLeastZero(event.signed(amount)) : 0;
    }

    private static long atLeastZero(long amount) {
        return Math.max(0, amount);
    }

    private InvoiceReason reason() {
        return switch (event.at("origin").glance().orElse("")) {
            case "subscription_recurring" -> InvoiceReason.RENEWAL;
            case "subscription_update" -> InvoiceReason.SWITCH;
            case "subscription_charge" -> InvoiceReason.MANUAL;
            case "web", "api" -> ofSubscription ? InvoiceReason.FIRST : InvoiceReason.MANUAL;
            default -> InvoiceReason.OTHER;
        };
    }
}
