package ipn.access.order;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the newest orders are, as fingerprints: of the id, of the content, and of the key of the request that wrote it. The oldest are
 * forgotten. Not thread-safe.
 */
final class KnownOrders {
    /** What an order is, compared with what is known. */
    enum Verdict {
        /** Neither its id nor its key is known. */
        NEW,
        /** The same was written before. */
        SAME,
        /** Its id has another content. */
        OTHER_CONTENT,
        /** Its key was used for another id. */
        KEY_USED
    }

    private record Known(Fingerprint content, Optional<Fingerprint> key) {}

    private final int max;
    private final Map<Fingerprint, Known> orders = new LinkedHashMap<>();
    private final Map<Fingerprint, Fingerprint> idOfKey = new HashMap<>();

    KnownOrders(int max) {
        this.max = max;
    }

    Verdict judge(Fingerprint id, Fingerprint content, Fingerprint key) {
        var user = idOfKey.get(key);
        if (user != null && !user.equals(id)) {
            return Verdict.KEY_USED;
        }
        var known = orders.get(id);
        if (known == null) {
            return Verdict.NEW;
        }
        return known.content().equals(content) ? Verdict.SAME : Verdict.OTHER_CONTENT;
    }

    /** Null: the order is not known. */
    @Nullable
    Fingerprint content(Fingerprint id) {
        var known = orders.get(id);
        return known == null ? null : known.content();
    }

    /**
     * Takes a record, in the order of its partition. One that was written over HTTP only begins an order, so it counts for nothing if the order
     * has another content; one that was written by other means replaces what was before.
     *
     * @param key of the request; empty: it was written by other means
     * @return whether it counts
     */
    boolean add(Fingerprint id, Fingerprint content, Optional<Fingerprint> key) {
        var before = orders.get(id);
        if (before != null && key.isPresent() && !before.content().equals(content)) {
            return false;
        }
        var after =
                before != null && before.content().equals(content) && key.isEmpty() ? before : new Known(content, key);
        forget(id);
        orders.put(id, after);
        after.key().ifPresent(used -> idOfKey.put(used, id));
        while (orders.size() > max) {
            forget(orders.keySet().iterator().next());
        }
        return true;
    }

    private void forget(Fingerprint id) {
        Optional.ofNullable(orders.remove(id)).flatMap(Known::key).ifPresent(key -> idOfKey.remove(key, id));
    }

    int size() {
        return orders.size();
    }
}
