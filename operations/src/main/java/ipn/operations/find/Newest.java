package ipn.operations.find;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps the newest entries up to a limit, one for each id. A later record about an id replaces the earlier one, also by nothing.
 *
 * @param <T> what is kept for an id
 */
final class Newest<T> {
    private record Entry<T>(String id, Instant time, T value) {}

    private final int limit;
    private final TreeSet<Entry<T>> kept =
            new TreeSet<>(Comparator.comparing((Entry<T> entry) -> entry.time()).thenComparing(Entry::id));
    private final Map<String, Entry<T>> byId = new HashMap<>();
    private boolean more;

    Newest(int limit) {
        this.limit = limit;
    }

    void put(String id, Instant time, Optional<T> value) {
        var earlier = byId.remove(id);
        if (earlier != null) {
            kept.remove(earlier);
        }
        value.ifPresent(each -> add(new Entry<>(id, time, each)));
    }

    private void add(Entry<T> entry) {
        byId.put(entry.id(), entry);
        kept.add(entry);
        if (kept.size() > limit) {
            byId.remove(kept.first().id());
            kept.remove(kept.first());
            more = true;
        }
    }

    boolean contains(String id) {
        return byId.containsKey(id);
    }

    Optional<T> get(String id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::value);
    }

    Set<String> ids() {
        return Set.copyOf(byId.keySet());
    }

    /** The newest first. */
    List<T> values() {
        return kept.descendingSet().stream().map(Entry::value).toList();
    }

    /** Whether there were more than the limit. */
    boolean more() {
        return more;
    }
}
