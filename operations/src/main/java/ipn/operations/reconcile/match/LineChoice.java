package ipn.operations.reconcile.match;

import ipn.gateway.Item;
import ipn.operations.reconcile.report.ParsedLine.MoneyLine;
import java.time.Instant;
import java.util.Optional;

/**
 * Which lines of a report to compare. A capture, refund or dispute is compared if one of its lines is chosen; then all its lines add up, so
 * that an amount is never that of a part of them.
 *
 * @param since no earlier lines; empty: from the first on
 * @param until no later lines; empty: up to the last
 * @param payment only lines of this payment key; empty: of all
 */
public record LineChoice(Optional<Instant> since, Optional<Instant> until, Optional<String> payment) {
    /** All lines. */
    public static final LineChoice ALL = new LineChoice(Optional.empty(), Optional.empty(), Optional.empty());

    /** Reports have whole seconds, notifications milliseconds. */
    static final long REST_OF_SECOND_MILLIS = 999;

    /** @param prefix of all payment keys of the account */
    boolean contains(MoneyLine line, String prefix) {
        return contains(line.at())
                && payment.map(key -> key.equals(prefix + Item.keyPart(line.payment())))
                        .orElse(true);
    }

    private boolean contains(Instant at) {
        return since.map(start -> !at.isBefore(start)).orElse(true)
                && until.map(end -> !at.isAfter(end.plusMillis(REST_OF_SECOND_MILLIS)))
                        .orElse(true);
    }
}
