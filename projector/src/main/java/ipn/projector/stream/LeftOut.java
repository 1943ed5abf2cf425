package ipn.projector.stream;

/**
 * Counts what a bound leaves out of a state, so that nothing is left out silently. It logs nothing: strangers could fill the log.
 *
 * @param meters where it counts
 */
record LeftOut(ProjectorMeters meters) {

    /** What has a bound: claims of an entitlement, flagged claims of a subject, payments of an order or an invoice, keys that are paid. */
    enum What {
        CLAIM("claim"),
        FLAG("flag"),
        PAYER("payer"),
        LINK("link");

        private final String tag;

        What(String tag) {
            this.tag = tag;
        }

        String tag() {
            return tag;
        }
    }

    /**
     * Compares sizes before and after an entry was added, replaced or removed.
     *
     * @param known whether the entry was there before
     * @param added whether it should be there now
     */
    void compare(What what, int before, boolean known, boolean added, int after) {
        if (after < before - (known ? 1 : 0) + (added ? 1 : 0)) {
            meters.leftOut(what);
        }
    }
}
