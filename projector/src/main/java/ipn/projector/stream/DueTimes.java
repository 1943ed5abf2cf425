package ipn.projector.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * When time alone will change something, in order of time. All nodes of a task share one, so that it knows before which time its store has
 * nothing: without that, each look at the store would have to pass over everything that was taken out since RocksDB last compacted it.
 */
public final class DueTimes implements StateStore {
    private final KeyValueStore<String, String> store;
    /** Nothing is due before it. */
    private String earliest = DueKey.FIRST;

    private long taken;

    DueTimes(KeyValueStore<String, String> store) {
        this.store = store;
    }

    /** @param store where the times are kept: time and key, without values */
    public static StoreBuilder<DueTimes> builder(StoreBuilder<KeyValueStore<String, String>> store) {
        return new DueTimesBuilder(store);
    }

    /** Where the times are kept, for those who read or copy it. */
    public KeyValueStore<String, String> store() {
        return store;
    }

    /** @param before when it was due; null: never */
    void move(String key, @Nullable Instant before, @Nullable Instant after) {
        if (!Objects.equals(before, after)) {
            if (before != null) {
                store.delete(DueKey.of(before, key));
            }
            if (after != null) {
                put(DueKey.of(after, key));
            }
        }
    }

    /** Lets a key that was taken out be due again, besides the time that its state contains. */
    void retry(String key, Instant at) {
        put(DueKey.of(at, key));
    }

    private void put(String dueKey) {
        store.put(dueKey, "");
        var time = DueKey.time(dueKey);
        if (time.compareTo(earliest) < 0) {
            earliest = time;
        }
    }

    /** Nothing is due before this time; far away if nothing is due at all. */
    Instant next() {
        return switch (earliest) {
            case DueKey.FIRST -> Instant.EPOCH;
            case DueKey.NEVER -> Instant.MAX;
            default -> Instant.ofEpochMilli(Long.parseLong(earliest));
        };
    }

    /** How many keys were taken out so far. */
    long taken() {
        return taken;
    }

    /** Takes out keys that are due, earliest first; those left over wait for the next tick. Costs nothing if nothing is due. */
    List<String> take(Instant now, int max) {
        var end = DueKey.upTo(now);
        return earliest.compareTo(end) >= 0 ? List.of() : take(end, max);
    }

    private List<String> take(String end, int max) {
        var due = new ArrayList<String>();
        var next = DueKey.NEVER;
        try (var range = store.range(earliest, null)) {
            while (range.hasNext() && next.equals(DueKey.NEVER)) {
                var key = range.next().key;
                if (due.size() < max && key.compareTo(end) < 0) {
                    due.add(key);
                } else {
                    next = DueKey.time(key);
                }
            }
        }
        earliest = next;
        due.forEach(store::delete);
        taken += due.size();
        return due.stream().map(DueKey::key).toList();
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        earliest = DueKey.FIRST;
        store.init(context, root);
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        store.commit(offsets);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return store.committedOffset(partition);
    }

    @Override
    @SuppressWarnings("deprecation") // Kafka Streams still asks
    public boolean managesOffsets() {
        return store.managesOffsets();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public boolean persistent() {
        return store.persistent();
    }

    @Override
    public boolean isOpen() {
        return store.isOpen();
    }

    @Override
    public Position getPosition() {
        return store.getPosition();
    }
}
