package ipn.operations.deadletter;

import java.time.Instant;
import java.util.List;

/**
 * Open dead letters, grouped by cause.
 *
 * @param open number of open dead letters
 * @param groups the largest first
 */
public record DeadLetterSummary(long open, List<Group> groups) {
    public DeadLetterSummary {
        groups = List.copyOf(groups);
    }

    /** The values that failures with the same cause share. */
    public record Cause(String reason, String failureClass, String stage, String fingerprint) {
        static Cause of(DeadLetter letter) {
            return new Cause(letter.reason(), letter.failureClass(), letter.stage(), letter.fingerprint());
        }
    }

    /**
     * Open dead letters with the same cause.
     *
     * @param accounts some of their accounts, sorted
     * @param payments some of their payment keys, sorted
     * @param exampleId the id of one of them
     */
    public record Group(
            Cause cause,
            long count,
            List<String> accounts,
            List<String> payments,
            Instant firstFailedAt,
            Instant lastFailedAt,
            String exampleId) {
        public Group {
            accounts = List.copyOf(accounts);
            payments = List.copyOf(payments);
        }
    }
}
