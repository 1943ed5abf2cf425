package ipn.operations.reconcile.report;

import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import java.time.Instant;
import java.util.Map;

/** What one line of a report turned out to be. Payment data: never logged. */
public sealed interface ParsedLine {
    /** Number of the line in the file, from 1. */
    long line();

    /**
     * A line that tells of money.
     *
     * @param id what tells it from every other line, in whatever report it stands
     * @param payment id on which the facts of the payment meet; blank where no payment is concerned
     * @param fact id of the capture, refund or dispute; blank where no payment is concerned
     * @param amount what was moved
     * @param incoming false where it left
     * @param fee what the gateway kept: negative where it gave back, in minor units
     * @param feeCurrency blank where the report tells of no fee
     * @param references the merchant's own words
     */
    record Told(
            long line,
            String id,
            LineKind kind,
            String payment,
            String fact,
            Money amount,
            boolean incoming,
            long fee,
            String feeCurrency,
            Instant at,
            Map<ReferenceName, String> references)
            implements ParsedLine {
        public Told {
            references = Map.copyOf(references);
        }
    }

    /** A line that the settings leave out: of another status, or outside the marks. */
    record LeftOut(long line) implements ParsedLine {}

    /** A line of a type nobody has said the meaning of. */
    record UnknownType(long line, String type) implements ParsedLine {}

    /**
     * A line that makes no sense.
     *
     * @param why for people; holds no value of the line
     */
    record Unreadable(long line, String why) implements ParsedLine {}
}
