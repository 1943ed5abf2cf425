package ipn.projector.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** When time alone will change something, in order of time. */
record DueTimes(KeyValueStore<String, String> store) {

    /** @param before when it was due; null: never */
    void move(String key, @Nullable Instant before, @Nullable Instant after) {
        if (!Objects.equals(before, after)) {
            if (before != null) {
                store.delete(DueKey.of(before, key));
            }
            if (after != null) {
                store.put(DueKey.of(after, key), "");
            }
        }
    }

    /** Lets a key that was taken out be due again, besides the time that its state contains. */
    void retry(String key, Instant at) {
        store.put(DueKey.of(at, key), "");
    }

    /** Takes out keys that are due, earliest first; those left over wait for the next tick. */
    List<String> take(Instant now, int max) {
        var due = new ArrayList<String>();
        try (var range = store.range(null, DueKey.upTo(now))) {
            while (range.hasNext() && due.size() < max) {
                due.add(range.next().key);
            }
        }
        due.forEach(store::delete);
        return due.stream().map(DueKey::key).toList();
    }
}
