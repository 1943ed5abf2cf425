package ipn.operations.deadletter;

import ipn.operations.deadletter.DeadLetterSummary.Cause;
import ipn.operations.deadletter.DeadLetterSummary.Group;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts open dead letters by cause. */
final class CauseGroups {
    private static final int CAUSES_MAX = 1_000;
    private static final int ACCOUNTS_MAX = 20;
    private static final int TYPES_MAX = 20;
    private static final int PAYMENTS_MAX = 5;
    /** Collects all causes beyond the bound, so that the sum of the counts stays right. */
    private static final Cause OTHERS = new Cause("", "", "", "others");

    private final Map<Cause, Tally> tallies = new HashMap<>();
    private final HitSet.Budget budget = new HitSet.Budget(HitSet.Budget.HASHES_MAX);
    private final Instant now;
    private long open;

    CauseGroups(Instant now) {
        this.now = now;
    }

    /** @param content what it is about; null: not known */
    void add(DeadLetter letter, @Nullable DeadLetterContent content) {
        open++;
        var cause = Cause.of(letter);
        var known = tallies.containsKey(cause) || tallies.size() < CAUSES_MAX;
        tallies.computeIfAbsent(known ? cause : OTHERS, none -> new Tally(letter, now, budget))
                .add(letter, content);
    }

    DeadLetterSummary summary() {
        var groups = tallies.entrySet().stream()
                .map(entry -> entry.getValue().group(entry.getKey()))
                .sorted(Comparator.comparingLong(Group::count).reversed().thenComparing(Group::exampleId))
                .toList();
        return new DeadLetterSummary(now, open, groups);
    }

    private static final class Tally {
        private final String exampleId;
        private final String message;
        private final Instant recentSince;
        private final TreeSet<String> accounts = new TreeSet<>();
        private final TreeSet<String> eventTypes = new TreeSet<>();
        private final TreeSet<String> payments = new TreeSet<>();
        private final HitSet hits;
        private Instant first;
        private Instant last;
        private long count;
        private long recent;

        Tally(DeadLetter letter, Instant now, HitSet.Budget budget) {
            hits = new HitSet(budget);
            exampleId = letter.id();
            message = letter.message();
            recentSince = now.minus(DeadLetterSummary.RECENT);
            first = firstFailure(letter);
            last = letter.newestFailure();
        }

        void add(DeadLetter letter, @Nullable DeadLetterContent content) {
            count++;
            keep(accounts, letter.account(), ACCOUNTS_MAX);
            keep(eventTypes, letter.eventType(), TYPES_MAX);
            keep(payments, letter.paymentKey(), PAYMENTS_MAX);
            hits.add(letter, content);
            first = firstFailure(letter).isBefore(first) ? firstFailure(letter) : first;
            last = letter.newestFailure().isAfter(last) ? letter.newestFailure() : last;
            recent += letter.newestFailure().isBefore(recentSince) ? 0 : 1;
        }

        Group group(Cause cause) {
            return new Group(
                    cause,
                    count,
                    message,
                    List.copyOf(accounts),
                    List.copyOf(eventTypes),
                    List.copyOf(payments),
                    hits.hit(),
                    first,
                    last,
                    recent,
                    exampleId);
        }

        private static Instant firstFailure(DeadLetter letter) {
            var first = letter.firstFailedAt();
            return first == null ? letter.newestFailure() : first;
        }

        private static void keep(TreeSet<String> some, String one, int max) {
            if (some.size() < max && !one.isEmpty()) {
                some.add(one);
            }
        }
    }
}
