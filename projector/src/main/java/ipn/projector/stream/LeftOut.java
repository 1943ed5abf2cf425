package ipn.projector.stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs what a bound leaves out of a state, so that nothing is left out silently. */
final class LeftOut {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOut.class);

    /** What has a bound. */
    enum What {
        CLAIM("claim", "An entitlement has too many claims; one was left out"),
        PAYER("payer", "An order or an invoice has too many payments; one was left out"),
        LINK("link", "A payment pays too many others; one was left out");

        private final String tag;
        private final String message;

        What(String tag, String message) {
            this.tag = tag;
            this.message = message;
        }

        String tag() {
            return tag;
        }
    }

    private final ProjectorMeters meters;
    private final int partition;

    LeftOut(ProjectorMeters meters, int partition) {
        this.meters = meters;
        this.partition = partition;
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
            LOG.atWarn().addKeyValue("partition", partition).log(what.message);
        }
    }
}
