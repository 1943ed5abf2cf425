package ipn.projector.allocation;

import ipn.projector.catalogue.Amounts;

/**
 * The portion of an invoice's money that falls on one product. Portions of consecutive ranges add up to the whole exactly.
 *
 * @param from what the products before it cost after discounts, minor units
 * @param to the same with it
 * @param all what all lines cost after discounts, sold or not; above zero
 */
record Portion(long from, long to, long all) {
    static final Portion WHOLE = new Portion(0, 1, 1);

    boolean isWhole() {
        return from == 0 && to == all;
    }

    /** The portion of an amount of the whole invoice. */
    long share(long whole) {
        return Amounts.part(whole, from, to, all);
    }
}
