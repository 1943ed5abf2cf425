package ipn.operations.reconcile.match;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing in which report and payment state differ. Amounts are in minor units by ISO 4217; what a side does not know is
 * null.
 *
 * @param kind capture, refund or dispute; null where a line could not be read so far
 * @param id of the capture, refund or dispute
 * @param line the first line of the report about it
 * @param at when: by the report, or where it is missing there by ours
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

    /** What is the matter. */
    public enum What {
        // spotless:off
        MISSING_HERE     ("in the report, not in payment state"),
        MISSING_THERE    ("in payment state, not in the report"),
        AMOUNT_DIFFERS   ("the amounts differ"),
        CURRENCY_DIFFERS ("the currencies differ"),
        FEE_DIFFERS      ("the fees differ"),
        DUPLICATE_LINE   ("stands more than once in the report; counted once"),
        UNKNOWN_TYPE     ("a type that the settings do not know (reconcile, types)"),
        UNREADABLE_LINE  ("a line that makes no sense");
        // spotless:on

        private final String meaning;

        What(String meaning) {
            this.meaning = meaning;
        }

        /** For people. */
        public String meaning() {
            return meaning;
        }

        /** For people: in small letters with blanks. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
