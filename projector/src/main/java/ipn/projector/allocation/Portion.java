package ipn.projector.allocation;

/** The portion of an invoice's money that falls on one product, and of what went back of it. */
record Portion(InvoiceSplit split, int index) {
    static final Portion WHOLE = new Portion(InvoiceSplit.NONE, 0);

    boolean isWhole() {
        var costs = split.costs();
        return costs.stream().mapToLong(Long::longValue).sum() == costs.get(index);
    }

    /** Whether refunds are of lines that the gateway names, of this product or of others. */
    boolean isByLine() {
        return split.isByLine();
    }

    /** Whether the gateway refunded all that the lines of the product cost. */
    boolean isFullyRefunded() {
        return split.isFullyRefunded(index);
    }

    /** Whether no more of it was refunded than of its lines. */
    boolean isRefundedByLineAlone(long paid, long refunded) {
        return refunded(paid, refunded) <= split.refundedByLine().get(index);
    }

    /** Of what was paid with the whole invoice. */
    long paid(long whole) {
        return split.paid(whole).get(index);
    }

    /**
     * Of what was refunded of the whole invoice.
     *
     * @param paid with the whole invoice
     */
    long refunded(long paid, long whole) {
        return split.refunded(paid, whole).get(index);
    }

    /**
     * Of what disputes hold back of the whole invoice.
     *
     * @param paid with the whole invoice
     * @param refunded of the whole invoice
     */
    long held(long paid, long refunded, long whole) {
        return split.held(paid, refunded, whole).get(index);
    }
}
