package ipn.operations.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Open dead letters, grouped by cause.
 *
 * @param at when they were read
 * @param open number of open dead letters
 * @param groups the largest first
 */
public record DeadLetterSummary(Instant at, long open, List<Group> groups) {
    /** A group grows while a dead letter of it is younger than this. */
    public static final Duration RECENT = Duration.ofMinutes(15);

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
     * Whom dead letters hit. Users and money are known only of those that the gateway's translation reads with the settings of the caller.
     *
     * @param payments number of different payments
     * @param users number of different users
     * @param money in minor units, by currency; once per payment, the largest amount of its dead letters
     * @param unread number of dead letters whose user and money are not known
     * @param atLeast whether there were too many to count all
     */
    public record Hit(long payments, long users, SortedMap<String, Long> money, long unread, boolean atLeast) {
        public Hit {
            money = Collections.unmodifiableSortedMap(new TreeMap<>(money));
        }
    }

    /**
     * Open dead letters with the same cause.
     *
     * @param message what is wrong, down to the field
     * @param accounts some of their accounts, sorted
     * @param eventTypes some of their event types, sorted
     * @param payments some of their payment keys, sorted
     * @param recent how many failed within {@link #RECENT}
     * @param exampleId the id of one of them
     */
    public record Group(
            Cause cause,
            long count,
            String message,
            List<String> accounts,
            List<String> eventTypes,
            List<String> payments,
            Hit hit,
            Instant firstFailedAt,
            Instant lastFailedAt,
            long recent,
            String exampleId) {
        public Group {
            accounts = List.copyOf(accounts);
            eventTypes = List.copyOf(eventTypes);
            payments = List.copyOf(payments);
        }

        /** Whether dead letters of it still arrive. */
        public boolean growing() {
            return recent > 0;
        }
    }
}
