package ipn.bench.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** When which alerts have fired. Thread-safe. */
final class AlertTimeline {
    private final List<Firing> over = new ArrayList<>();
    private final Map<String, Firing> open = new HashMap<>();

    /** @param firing all that fire at a time */
    synchronized void note(Collection<Firing> firing, Instant at) {
        var now = firing.stream().collect(Collectors.toMap(Firing::key, Function.identity(), (one, other) -> one));
        now.forEach((key, each) -> open.computeIfAbsent(key, absent -> each));
        open.values().removeIf(each -> {
            var ended = !now.containsKey(each.key());
            if (ended) {
                over.add(each.endedAt(at));
            }
            return ended;
        });
    }

    /** All so far, the first first. */
    synchronized List<Firing> all() {
        var all = new ArrayList<>(over);
        all.addAll(open.values());
        all.sort((one, other) -> one.began().compareTo(other.began()));
        return List.copyOf(all);
    }

    /** Those that began in a time. */
    List<Firing> begunSince(Instant from) {
        return all().stream().filter(each -> !each.began().isBefore(from)).toList();
    }

    /** Whether one of these fires now. */
    synchronized boolean fires(Set<String> names) {
        return open.values().stream().anyMatch(each -> names.contains(each.name()));
    }

    /** The names of all that fire now. */
    synchronized Set<String> firing() {
        return open.values().stream().map(Firing::name).collect(Collectors.toUnmodifiableSet());
    }
}
