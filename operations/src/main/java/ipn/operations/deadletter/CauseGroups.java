package ipn.operations.deadletter;

import ipn.operations.deadletter.DeadLetterSummary.Cause;
import ipn.operations.deadletter.DeadLetterSummary.Group;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Counts open dead letters by cause. */
final class CauseGroups {
    private static final int CAUSES_MAX = 1_000;
    private static final int ACCOUNTS_MAX = 20;
    private static final int PAYMENTS_MAX = 5;
    /** Collects all causes beyond the bound, so that the sum of the counts stays right. */
    private static final Cause OTHERS = new Cause("", "", "", "others");

    private final Map<Cause, Tally> tallies = new HashMap<>();
    private long open;

    void add(DeadLetter letter) {
        open++;
        var cause = Cause.of(letter);
        var known = tallies.containsKey(cause) || tallies.size() < CAUSES_MAX;
        tallies.computeIfAbsent(known ? cause : OTHERS, none -> new Tally(letter))
                .add(letter);
    }

    DeadLetterSummary summary() {
        var groups = tallies.entrySet().stream()
                .map(entry -> entry.getValue().group(entry.getKey()))
                .sorted(Comparator.comparingLong(Group::count).reversed().thenComparing(Group::exampleId))
                .toList();
        return new DeadLetterSummary(open, groups);
    }

    private static final class Tally {
        private final String exampleId;
        private final TreeSet<String> accounts = new TreeSet<>();
        private final TreeSet<String> payments = new TreeSet<>();
        private Instant first;
        private Instant last;
        private long count;

        Tally(DeadLetter letter) {
            exampleId = letter.id();
            first = firstFailure(letter);
            last = letter.newestFailure();
        }

        void add(DeadLetter letter) {
            count++;
            keep(accounts, letter.account(), ACCOUNTS_MAX);
            keep(payments, letter.paymentKey(), PAYMENTS_MAX);
            first = firstFailure(letter).isBefore(first) ? firstFailure(letter) : first;
            last = letter.newestFailure().isAfter(last) ? letter.newestFailure() : last;
        }

        Group group(Cause cause) {
            return new Group(cause, count, List.copyOf(accounts), List.copyOf(payments), first, last, exampleId);
        }

        private static Instant firstFailure(DeadLetter letter) {
            var first = letter.firstFailedAt();
            return first == null ? letter.newestFailure() : first;
        }

        private static void keep(TreeSet<String> some, String one, int max) {
            if (some.size() < max) {
                some.add(one);
            }
        }
    }
}
