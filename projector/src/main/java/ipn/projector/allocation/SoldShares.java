package ipn.projector.allocation;

import ipn.key.ChargeKey;
import ipn.projector.catalogue.Amounts;
import java.util.List;

/**
 * Splits the money of one invoice over the products that its lines sell, in proportion to their amounts after discounts. The shares
 * of an amount add up to it exactly.
 *
 * @param sold at least one
 */
record SoldShares(InvoiceView view, List<SoldLines> sold) {

    /** Names the money of one product; only where there are several does the key contain the product. */
    ChargeKey key(SoldLines one) {
        return sold.size() == 1
                ? view.key()
                : view.key().ofProduct(one.product().name());
    }

    /** The money of one product; 0 if a discount or credit paid the invoice. */
    Charge charge(SoldLines one) {
        var whole = view.charge();
        return new Charge(
                key(one),
                whole.subscription(),
                one.from().orElse(whole.at()),
                whole.takenAt(),
                share(one, whole.paid()),
                whole.currency(),
                whole.status());
    }

    /** The part of the invoice's refunds that falls on one product. */
    long refunded(SoldLines one) {
        return share(
                one, view.reversals().refunded().getOrDefault(view.invoice().getCurrency(), 0L));
    }

    /** The part of an amount of the whole invoice that falls on one product. */
    long share(SoldLines one, long whole) {
        var all = sold.stream().mapToLong(SoldLines::net).reduce(0, Math::addExact);
        if (all == 0) {
            return sold.indexOf(one) == 0 ? whole : 0;
        }
        var before = sold.subList(0, sold.indexOf(one)).stream()
                .mapToLong(SoldLines::net)
                .reduce(0, Math::addExact);
        return Amounts.part(whole, before, before + one.net(), all);
    }
}
