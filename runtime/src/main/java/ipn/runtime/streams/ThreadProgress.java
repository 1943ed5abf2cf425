package ipn.runtime.streams;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * How far one stream thread has read and committed: its clients report it, and {@link ProgressWatch} asks. It counts records only, because the
 * markers of transactions take offsets, too, and are never committed alone. Thread-safe.
 */
final class ThreadProgress {
    private final Map<TopicPartition, Long> fetched = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<TopicPartition, Long> furthest = new HashMap<>();
    private Map<TopicPartition, Long> committing = Map.of();
    private long movedAt;
    private boolean moved;

    /** @param now nanoseconds of a monotonic clock, as below */
    ThreadProgress(long now) {
        movedAt = now;
    }

    /** A poll returned records up to this offset. */
    synchronized void fetched(TopicPartition partition, long offset) {
        fetched.put(partition, offset);
    }

    /** The thread has these partitions, and will read each from its position on; of a new one, the position may not be known. */
    synchronized void assigned(Set<TopicPartition> partitions, Map<TopicPartition, Long> known, long now) {
        fetched.keySet().retainAll(partitions);
        committed.keySet().retainAll(partitions);
        positions.keySet().retainAll(partitions);
        furthest.keySet().retainAll(partitions);
        partitions.forEach(partition -> positions.put(partition, known.getOrDefault(partition, 0L)));
        // aborted records and markers leave nothing to commit, and passing them is progress, but not when the same ones
        // are read again
        known.forEach((partition, position) -> {
            var before = furthest.getOrDefault(partition, position);
            furthest.put(partition, Math.max(before, position));
            if (position > before && !owes()) {
                rested(now);
            }
        });
    }

    /** The transaction will commit these offsets. */
    synchronized void committing(Map<TopicPartition, Long> offsets) {
        committing = Map.copyOf(offsets);
    }

    /** The transaction was committed. */
    synchronized void committed(long now) {
        committing.forEach((partition, offset) -> {
            var before = committed.put(partition, offset);
            if (before == null || before < offset) {
                rested(now);
            }
        });
        committing = Map.of();
    }

    /** The partitions of the thread. */
    synchronized Set<TopicPartition> partitions() {
        return Set.copyOf(positions.keySet());
    }

    /** There is nothing to do if it has committed what it fetched, and has read to these ends. */
    synchronized boolean hasWork(Map<TopicPartition, Long> ends) {
        return owes()
                || positions.entrySet().stream()
                        .anyMatch(each -> ends.getOrDefault(each.getKey(), 0L) > each.getValue());
    }

    private boolean owes() {
        return fetched.entrySet().stream()
                .anyMatch(each -> committed.getOrDefault(each.getKey(), 0L) <= each.getValue());
    }

    /** It made progress, or had nothing to do. */
    synchronized void rested(long now) {
        movedAt = now;
        moved = true;
    }

    /** It cannot make progress now; what follows is measured from here. */
    synchronized void waits(long now) {
        movedAt = now;
    }

    /** Nanoseconds since it moved, or had nothing to do. */
    synchronized long still(long now) {
        return now - movedAt;
    }

    /** True if it ever moved, or had nothing to do. */
    synchronized boolean moved() {
        return moved;
    }
}
