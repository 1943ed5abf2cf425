package ipn.processor.outage;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest records of each account, counted in slots of a twelfth of the window, by cause of failure. Not thread-safe.
 *
 * <p>Each account is counted apart: a changed format of a small gateway would be a small share of all records.
 */
public final class FailureWindow {
    static final int SLOTS = 12;
    /** More accounts or causes are counted together, so that memory has a bound. */
    private static final int ACCOUNTS_MAX = 1_000;

    private static final int CAUSES_MAX = 200;
    private static final String OTHERS = "others";

    private final OutageRule rule;
    private final Map<String, Counts> accounts = new TreeMap<>();
    private long newestSlot = Long.MIN_VALUE;

    public FailureWindow(OutageRule rule) {
        this.rule = rule;
    }

    /** Why a record failed. */
    public record Cause(String fingerprint, String reason) {}

    private static final class Slot {
        private final long number;
        private final Map<Cause, Long> failed = new HashMap<>();
        private long total;

        Slot(long number) {
            this.number = number;
        }
    }

    private static final class Counts {
        private final Deque<Slot> slots = new ArrayDeque<>();
        private final Map<Cause, Long> failed = new HashMap<>();
        private long total;
        private @Nullable Cause outage;
    }

    /**
     * Counts one record.
     *
     * @param cause empty if it did not fail
     * @param now time never runs backwards: an earlier time counts as the latest seen
     * @return whether an outage of the account began or ended
     */
    public boolean note(String account, Optional<Cause> cause, Instant now) {
        var slot = slot(now);
        var name = accounts.containsKey(account) || accounts.size() < ACCOUNTS_MAX ? account : OTHERS;
        var counts = accounts.computeIfAbsent(name, none -> new Counts());
        forget(counts, slot);
        var current = counts.slots.peekLast();
        if (current == null || current.number != slot) {
            current = new Slot(slot);
            counts.slots.addLast(current);
        }
        current.total++;
        counts.total++;
        if (cause.isPresent() && (counts.failed.containsKey(cause.get()) || counts.failed.size() < CAUSES_MAX)) {
            current.failed.merge(cause.get(), 1L, Long::sum);
            counts.failed.merge(cause.get(), 1L, Long::sum);
        }
        return judge(counts, cause);
    }

    private boolean judge(Counts counts, Optional<Cause> cause) {
        var before = counts.outage;
        if (counts.outage != null && !rule.continues(failed(counts, counts.outage), counts.total)) {
            counts.outage = null;
        }
        if (counts.outage == null && cause.isPresent() && rule.begins(failed(counts, cause.get()), counts.total)) {
            counts.outage = cause.get();
        }
        return !Objects.equals(before, counts.outage);
    }

    /** Outages that go on, sorted by account. */
    public List<Outage> outages(Instant now) {
        var slot = slot(now);
        accounts.values().forEach(counts -> {
            forget(counts, slot);
            judge(counts, Optional.empty());
        });
        return accounts.entrySet().stream()
                .flatMap(entry -> outage(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    private static Optional<Outage> outage(String account, Counts counts) {
        var cause = counts.outage;
        return cause == null
                ? Optional.empty()
                : Optional.of(
                        new Outage(account, cause.fingerprint(), cause.reason(), failed(counts, cause), counts.total));
    }

    private static long failed(Counts counts, Cause cause) {
        return counts.failed.getOrDefault(cause, 0L);
    }

    private static void forget(Counts counts, long slot) {
        for (var oldest = counts.slots.peekFirst();
                oldest != null && oldest.number <= slot - SLOTS;
                oldest = counts.slots.peekFirst()) {
            counts.slots.removeFirst();
            counts.total -= oldest.total;
            oldest.failed.forEach((cause, count) ->
                    counts.failed.computeIfPresent(cause, (any, sum) -> sum - count == 0 ? null : sum - count));
        }
    }

    private long slot(Instant now) {
        newestSlot = Math.max(newestSlot, now.toEpochMilli() / (rule.window().toMillis() / SLOTS));
        return newestSlot;
    }
}
