package ipn.gateway.shopify;

import ipn.fact.Fact;
import ipn.fact.Fact.RefundLine;
import ipn.fact.Fact.RefundLines;
import ipn.fact.Money;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads which lines of an order a refund was for: {@code refund_line_items}. The money is in the refund's transactions, so the amounts
 * of the lines are divided among these, in their order.
 *
 * @param paidBack the transactions that count, all in one currency
 */
record RefundedItems(JsonField refund, List<Fact.Refund> paidBack, String currency) {

    /** @param facts of the transactions of the refund */
    static List<RefundLines> of(JsonField refund, List<Fact> facts) {
        var paidBack = facts.stream()
                .filter(fact ->
                        fact instanceof Fact.Refund each && each.status().counts())
                .map(fact -> (Fact.Refund) fact)
                .toList();
        var currencies = paidBack.stream()
                .flatMap(each -> each.amount().stream())
                .map(Money::currency)
                .distinct()
                .toList();
        if (currencies.size() != 1) {
            return List.of();
        }
        try {
            return new RefundedItems(refund, paidBack, currencies.get(0)).lines();
        } catch (RefusedException | ArithmeticException e) {
            // an amount of a line that makes no sense never keeps the refund itself out
            return List.of();
        }
    }

    /** @param price without the tax that is added to it */
    private record Item(Optional<String> sku, long price, long tax) {}

    private List<RefundLines> lines() {
        var items = refund.at("refund_line_items").elements().stream()
                .map(item -> new Item(sku(item.at("line_item")), units(item, "subtotal"), units(item, "total_tax")))
                .toList();
        return divided(amounts(items));
    }

    /** The first of the names that the line has in the order; a custom line has none. */
    private static Optional<String> sku(JsonField line) {
        return OrderBreakdown.skus(line).stream().findFirst();
    }

    /**
     * A refund does not contain whether prices contain the tax: they do not, if the lines with their taxes fit into what was paid
     * back for them. A merchant may pay back less than the lines cost.
     */
    private Deque<RefundLine> amounts(List<Item> items) {
        var room = Math.max(0, units(paidBack) - shipping());
        var prices = items.stream().mapToLong(Item::price).reduce(0, Math::addExact);
        var taxes = items.stream().mapToLong(Item::tax).reduce(0, Math::addExact);
        var withTax = Math.addExact(prices, taxes) <= room;
        var lines = new ArrayDeque<RefundLine>();
        for (var item : items) {
            var amount = withTax ? item.price() + item.tax() : prices <= room ? item.price() : part(item, room, prices);
            item.sku().filter(sku -> amount > 0).ifPresent(sku -> lines.add(new RefundLine(sku, amount)));
        }
        return lines;
    }

    private static long part(Item item, long room, long all) {
        return BigInteger.valueOf(item.price())
                .multiply(BigInteger.valueOf(room))
                .divide(BigInteger.valueOf(all))
                .longValueExact();
    }

    /** What was paid back for shipping: the amounts are below zero. */
    private long shipping() {
        return refund.at("order_adjustments").elements().stream()
                .filter(each -> each.at("kind").code().equals("shipping_refund"))
                .mapToLong(each -> Math.addExact(units(each, "amount"), units(each, "tax_amount")))
                .reduce(0, Math::addExact);
    }

    private List<RefundLines> divided(Deque<RefundLine> lines) {
        var divided = new ArrayList<RefundLines>();
        for (var each : paidBack) {
            var own = new ArrayList<RefundLine>();
            var left = units(List.of(each));
            while (left > 0 && !lines.isEmpty()) {
                var line = lines.pop();
                var amount = Math.min(left, line.amount());
                own.add(new RefundLine(line.sku(), amount));
                left -= amount;
                if (amount < line.amount()) {
                    lines.push(new RefundLine(line.sku(), line.amount() - amount));
                }
            }
            if (!own.isEmpty()) {
                divided.add(new RefundLines(each.id(), own));
            }
        }
        return divided;
    }

    private static long units(List<Fact.Refund> refunds) {
        return refunds.stream()
                .flatMap(each -> each.amount().stream())
                .mapToLong(Money::minorUnits)
                .reduce(0, Math::addExact);
    }

    /** An amount in the currency that the customer paid in, without its sign; 0 if it is absent. */
    private long units(JsonField object, String name) {
        var set = object.at(name + "_set").at("presentment_money");
        var amount = set.isPresent() ? set.at("amount") : object.at(name);
        if (!amount.isPresent()) {
            return 0;
        }
        var written = amount.glance().orElseGet(() -> amount.node().asText()).replaceFirst("^-", "");
        var code = set.isPresent() ? set.at("currency_code").glance().orElse("") : currency;
        var money = Amounts.ISO.ofDecimal(written, code, amount.pointer());
        return money.currency().equals(currency) ? money.minorUnits() : 0;
    }
}
