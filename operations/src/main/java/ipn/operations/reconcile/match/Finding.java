package ipn.operations.reconcile.match;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One difference between report and payment state. Amounts are in minor units by ISO 4217; null stands for what a side does not
 * know.
 *
 * @param kind capture, refund or dispute; null if the line could not be read
 * @param id of the capture, refund or dispute
 * @param line number of the first line of the report about it
 * @param at the time in the report, or in payment state if the report does not have it
 */
public record Finding(
        What what,
        @Nullable String kind,
        @Nullable String paymentKey,
        @Nullable String id,
        @Nullable Long line,
        @Nullable Instant at,
        @Nullable Long reported,
        @Nullable String reportedCurrency,
        @Nullable Long ours,
        @Nullable String currency,
        @Nullable Long reportedFee,
        @Nullable Long ourFee,
        String why) {

    static Finding ofLine(What what, long line, String why) {
        return new Finding(what, null, null, null, line, null, null, null, null, null, null, null, why);
    }

    /** Classes of findings. */
    public enum What {
        // spotless:off
        MISSING_HERE     ("in the report, not in payment state"),
        MISSING_THERE    ("in payment state, not in the report"),
        AMOUNT_DIFFERS   ("the amounts differ"),
        CURRENCY_DIFFERS ("the currencies differ"),
        FEE_DIFFERS      ("the fees differ"),
        DUPLICATE_LINE   ("the report has the line more than once; it is counted once"),
        UNKNOWN_TYPE     ("the settings do not know the type of the line (section reconcile, types)"),
        UNREADABLE_LINE  ("the line cannot be read");
        // spotless:on

        private final String meaning;

        What(String meaning) {
            this.meaning = meaning;
        }

        /** One line for people. */
        public String meaning() {
            return meaning;
        }

        /** The name in lower case, with blanks. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
