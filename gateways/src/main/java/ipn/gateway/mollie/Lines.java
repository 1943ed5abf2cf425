package ipn.gateway.mollie;

import ipn.fact.Fact.Breakdown;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.Line;
import ipn.gateway.content.JsonField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The lines of a payment. Only the merchant's server, which has the API key, can write them. */
final class Lines {
    /** Lines that pay: they reduce the amount due, and not a price. */
    private static final Set<String> CREDITS = Set.of("store_credit", "gift_card");

    private static final String DISCOUNT = "discount";

    private Lines() {}

    /** Empty if the payment has no lines. */
    static Optional<Breakdown> breakdown(MollieObject payment) {
        var currency = payment.money("amount").currency();
        var lines = new ArrayList<Line>();
        long discount = 0;
        long credit = 0;
        long tax = 0;
        for (var item : payment.at("lines").elements()) {
            var line = payment.part(item);
            var type = item.at("type").code();
            var total = line.signedUnits("totalAmount", currency).orElse(0L);
            if (type.equals(DISCOUNT)) {
                discount = Math.addExact(discount, Math.abs(total));
            } else if (CREDITS.contains(type)) {
                credit = Math.addExact(credit, Math.abs(total));
            } else {
                var read = line(line, total, currency);
                discount = Math.addExact(discount, read.discount());
                tax = Math.addExact(tax, read.tax());
                lines.add(read);
            }
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Breakdown(reason(payment), discount, tax, credit, lines));
    }

    /** {@code totalAmount} is {@code unitPrice} by {@code quantity}, less {@code discountAmount}, with tax. */
    private static Line line(MollieObject line, long total, String currency) {
        var reduction = Math.abs(line.signedUnits("discountAmount", currency).orElse(0L));
        return Line.of(skus(line), quantity(line.at("quantity")), Math.addExact(total, reduction))
                .withDiscount(reduction, Optional.empty())
                .withTax(Math.abs(line.signedUnits("vatAmount", currency).orElse(0L)));
    }

    private static List<String> skus(MollieObject line) {
        return line.at("sku").glanceWord(Payments.DESCRIPTION_LENGTH_MAX).stream()
                .toList();
    }

    /** A fraction, such as of a kilogram, counts as one. */
    private static long quantity(JsonField quantity) {
        return quantity.glanceCount().orElse(1L);
    }

    /** A payment of a subscription does not contain whether it is the first. */
    private static InvoiceReason reason(MollieObject payment) {
        return payment.at("subscriptionId").isPresent() ? InvoiceReason.OTHER : InvoiceReason.MANUAL;
    }
}
