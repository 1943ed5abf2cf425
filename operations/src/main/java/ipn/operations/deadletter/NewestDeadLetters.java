package ipn.operations.deadletter;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Keeps the dead letters that failed last, up to a limit. */
final class NewestDeadLetters {
    private static final Comparator<DeadLetter> OLDEST_FIRST = Comparator.comparing(DeadLetter::newestFailure)
            .thenComparing(letter -> letter.at().partition())
            .thenComparing(letter -> letter.at().offset());

    private final int limit;
    private final TreeSet<DeadLetter> kept = new TreeSet<>(OLDEST_FIRST);
    private final Map<String, DeadLetter> byId = new HashMap<>();
    private boolean more;

    NewestDeadLetters(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 or more)");
        }
        this.limit = limit;
    }

    /** Adds a dead letter. It replaces an earlier one with the same id, even if it does not match itself. */
    void add(DeadLetter letter, boolean matches) {
        var earlier = byId.remove(letter.id());
        if (earlier != null) {
            kept.remove(earlier);
        }
        if (matches) {
            byId.put(letter.id(), letter);
            kept.add(letter);
            removeOldest();
        }
    }

    private void removeOldest() {
        if (kept.size() > limit) {
            byId.remove(kept.first().id());
            kept.remove(kept.first());
            more = true;
        }
    }

    DeadLetters.Page page() {
        return new DeadLetters.Page(List.copyOf(kept.descendingSet()), more);
    }
}
