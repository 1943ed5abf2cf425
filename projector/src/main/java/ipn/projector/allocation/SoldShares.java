package ipn.projector.allocation;

import ipn.key.ChargeKey;
import java.util.List;

/**
 * Splits the money of one invoice over the products that its lines sell, in proportion to their amounts after discounts. The shares
 * of an amount add up to it exactly.
 *
 * @param sold at least one
 * @param notSold what lines that sell no product of the catalogue cost after discounts, minor units
 */
record SoldShares(InvoiceView view, List<SoldLines> sold, long notSold) {

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
    private long share(SoldLines one, long whole) {
        return portion(one).share(whole);
    }

    /** If everything is discounted to nothing, the first product has the money, if there is any. */
    Portion portion(SoldLines one) {
        var all = Math.addExact(net(sold), notSold);
        var first = sold.indexOf(one) == 0;
        if (all == 0) {
            return first ? Portion.WHOLE : new Portion(1, 1, 1);
        }
        var before = net(sold.subList(0, sold.indexOf(one)));
        return new Portion(before, Math.addExact(before, one.net()), all);
    }

    private static long net(List<SoldLines> lines) {
        return lines.stream().mapToLong(SoldLines::net).reduce(0, Math::addExact);
    }
}
