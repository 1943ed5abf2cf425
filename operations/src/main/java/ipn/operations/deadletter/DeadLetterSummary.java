package ipn.operations.deadletter;

import java.time.Instant;
import java.util.List;

/**
 * What is open, by cause.
 *
 * @param open number of open dead letters
 * @param groups the largest first
 */
public record DeadLetterSummary(long open, List<Group> groups) {
    public DeadLetterSummary {
        groups = List.copyOf(groups);
    }

    /** What failures of one cause have in common. */
    public record Cause(String reason, String failureClass, String stage, String fingerprint) {
        static Cause of(DeadLetter letter) {
            return new Cause(letter.reason(), letter.failureClass(), letter.stage(), letter.fingerprint());
        }
    }

    /**
     * Open dead letters of one cause.
     *
     * @param accounts gateways' accounts concerned, sorted; a bounded number
     * @param payments some of the payment keys concerned, sorted
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
