package ipn.operations.reconcile.report;

import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import java.time.Instant;
import java.util.Map;

/** One line of a report after parsing. It contains payment data and must not be logged. */
public sealed interface ParsedLine {
    /** Number of the line in the file, from 1. */
    long line();

    /**
     * A line about money that moved.
     *
     * @param id distinguishes the line from every other line of any report
     * @param payment id of the payment, as in payment keys; blank if the line is about no payment
     * @param fact id of the capture, refund or dispute; blank if the line is about no payment
     * @param amount zero or more
     * @param incoming whether the merchant received the money
     * @param fee what the gateway kept, in minor units; negative if it paid a fee back
     * @param feeCurrency blank if the line has no fee
     * @param references the merchant's own references
     */
    record MoneyLine(
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
        public MoneyLine {
            references = Map.copyOf(references);
        }
    }

    /** A line that the settings exclude: by its status, its type or its first field. */
    record Skipped(long line) implements ParsedLine {}

    /** A line of a type that the settings do not know. */
    record UnknownType(long line, String type) implements ParsedLine {}

    /**
     * A line that cannot be read.
     *
     * @param why for people; contains no value of the line
     */
    record Unreadable(long line, String why) implements ParsedLine {}
}
