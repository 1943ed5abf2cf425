package ipn.app.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.app.disk.SortedStore;
import ipn.app.disk.StoredJson;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What both sides have, on disk, so that any number of records can be compared. What belongs to one key lies side by side. */
final class ComparedSides implements AutoCloseable {
    /** Sorts before all characters of keys. */
    private static final char END = '\0';

    private static final char SIDES = 's';
    private static final char DIFFERENCES = 'd';
    private final SortedStore store = SortedStore.create();

    /** One of the two. */
    enum Side {
        FIRST,
        SECOND
    }

    /** Keys with something in common. */
    enum Mark {
        /** An event whose raw record was run again. */
        EVENT,
        /** A payment key with events that were not run again, or that such a payment pays. */
        PAYMENT_BEFORE,
        /** A payment key that changed after the rebuild began, and may begin before. */
        PAYMENT_UNSURE,
        ORDER_BEFORE,
        ENTITLEMENT_BEFORE,
        /** Changed after the rebuild began. */
        PAYMENT_SINCE,
        ENTITLEMENT_SINCE,
        DISCREPANCY_SINCE,
        /** Emitted after the rebuild began. */
        NOTIFICATION_SINCE,
        USER
    }

    /** The newest counts. */
    void put(Kind kind, Side side, String key, Described described) {
        store.put(place(kind, key, side), StoredJson.bytes(described));
    }

    void remove(Kind kind, Side side, String key) {
        store.delete(place(kind, key, side));
    }

    /** Adds to a sum; one of zero is as if there were none. */
    void add(Kind kind, Side side, String key, String currency, long amount) {
        var place = place(kind, key, side);
        var before = store.get(place)
                .map(bytes -> StoredJson.read(bytes, Described.class).money().getOrDefault(currency, 0L))
                .orElse(0L);
        var sum = Math.addExact(before, amount);
        if (sum == 0) {
            store.delete(place);
        } else {
            store.put(place, StoredJson.bytes(Descriptions.sum(currency, sum)));
        }
    }

    /** @return whether it is new */
    boolean mark(Mark mark, String key) {
        var place = place(mark, key);
        var isNew = store.get(place).isEmpty();
        if (isNew) {
            store.put(place, new byte[0]);
        }
        return isNew;
    }

    boolean isMarked(Mark mark, String key) {
        return store.get(place(mark, key)).isPresent();
    }

    /** Compares all of a kind, and keeps what differs. */
    void compare(Kind kind) {
        var first = new AtomicReference<Map.@Nullable Entry<String, Described>>();
        store.each(prefix(SIDES, kind), (place, value) -> {
            var text = new String(place, UTF_8);
            var key = text.substring(2, text.length() - 2);
            var described = StoredJson.read(value, Described.class);
            var waiting = first.get();
            if (isFirst(text)) {
                first.set(Map.entry(key, described));
                alone(kind, waiting);
                return true;
            }
            if (waiting != null && waiting.getKey().equals(key)) {
                keep(Change.between(kind, key, Optional.of(waiting.getValue()), Optional.of(described)));
            } else {
                alone(kind, waiting);
                keep(Change.between(kind, key, Optional.empty(), Optional.of(described)));
            }
            first.set(null);
            return true;
        });
        alone(kind, first.get());
    }

    private void alone(Kind kind, Map.@Nullable Entry<String, Described> first) {
        if (first != null) {
            keep(Change.between(kind, first.getKey(), Optional.of(first.getValue()), Optional.empty()));
        }
    }

    private static boolean isFirst(String place) {
        return place.charAt(place.length() - 1) == side(Side.FIRST);
    }

    private void keep(Optional<Change> change) {
        change.filter(this::isCompared)
                .ifPresent(each -> store.put(
                        (prefixText(DIFFERENCES, each.kind()) + each.key()).getBytes(UTF_8), StoredJson.bytes(each)));
    }

    private boolean isCompared(Change change) {
        return switch (change.kind()) {
            case PAYMENT -> !isMarked(Mark.PAYMENT_BEFORE, change.key()) && !isMarked(Mark.PAYMENT_SINCE, change.key());
            case ENTITLEMENT ->
                !isMarked(Mark.ENTITLEMENT_BEFORE, change.key()) && !isMarked(Mark.ENTITLEMENT_SINCE, change.key());
            case NOTIFICATION ->
                change.side() != Change.Side.ONLY_FIRST || !isMarked(Mark.NOTIFICATION_SINCE, change.key());
            case DISCREPANCY -> !isMarked(Mark.DISCREPANCY_SINCE, change.key());
            case LEDGER, DEAD_LETTER -> true;
        };
    }

    /** Passes on what differs of a kind, sorted by key, until the receiver returns false. */
    void differences(Kind kind, Predicate<Change> receiver) {
        store.each(prefix(DIFFERENCES, kind), (place, value) -> receiver.test(StoredJson.read(value, Change.class)));
    }

    /** How many keys have a mark. */
    long count(Mark mark) {
        var count = new long[1];
        store.each(place(mark, ""), (place, value) -> ++count[0] > 0);
        return count[0];
    }

    private static byte[] place(Mark mark, String key) {
        return ("m" + (char) ('a' + mark.ordinal()) + key).getBytes(UTF_8);
    }

    private static byte[] place(Kind kind, String key, Side side) {
        return (prefixText(SIDES, kind) + key + END + side(side)).getBytes(UTF_8);
    }

    private static char side(Side side) {
        return (char) ('1' + side.ordinal());
    }

    private static byte[] prefix(char list, Kind kind) {
        return prefixText(list, kind).getBytes(UTF_8);
    }

    private static String prefixText(char list, Kind kind) {
        return "" + list + (char) ('a' + kind.ordinal());
    }

    @Override
    public void close() {
        store.close();
    }
}
