package ipn.app.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.app.disk.SortedStore;
import ipn.app.disk.StoredJson;
import ipn.app.policy.PolicyDiffReport.DiscrepancyChange;
import ipn.app.policy.PolicyDiffReport.UserChange;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.key.EntitlementKey;
import ipn.operations.Hashing;
import ipn.projector.preview.SettingsPreview.Change;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What changed settings change, on disk: any number of payments may change. In memory are 8 bytes for each entitlement that changed claims are
 * about. Entries that are listed are sorted: users by kind of change, discrepancies by id.
 */
final class SpilledChanges implements AutoCloseable {
    private static final char CLAIMS = 'c';
    private static final char DISCREPANCIES = 'd';
    private static final char OPENING = 'o';
    private static final char CLOSING = 'x';
    private static final char USERS = 'u';
    /** Sorts before all characters of ids. */
    private static final char END = '\0';

    private final SortedStore store = SortedStore.create();
    private final LongOpenHashSet entitlements = new LongOpenHashSet();
    private long number;

    /** Adds what changes of a payment or an order. */
    void add(Change change) {
        for (var claim : change.claims()) {
            var key = EntitlementKey.of(claim).toString();
            entitlements.add(Hashing.hash(key.getBytes(UTF_8)));
            store.put(key(CLAIMS, key, next()), bytes(claim));
        }
        for (var each : change.discrepancies()) {
            store.put(key(DISCREPANCIES, change.key(), next()), bytes(each));
            var list = each.getState() == DiscrepancyState.OPEN ? OPENING : CLOSING;
            store.put(key(list, each.getDiscrepancyId(), next()), StoredJson.bytes(listed(each)));
        }
    }

    private static DiscrepancyChange listed(Discrepancy discrepancy) {
        return new DiscrepancyChange(
                discrepancy.getDiscrepancyId(),
                Objects.requireNonNullElse(discrepancy.getExpected(), ""),
                Objects.requireNonNullElse(discrepancy.getActual(), ""));
    }

    /** Keeps the order of what is added under one key. */
    private String next() {
        return "%016x".formatted(number++);
    }

    /** False if no changed claim is about this entitlement; rarely true although none is. */
    boolean mayConcern(byte[] entitlement) {
        return entitlements.contains(Hashing.hash(entitlement));
    }

    /** Removes the changed claims about an entitlement, in the order in which they were added. */
    List<Claim> take(String entitlement) {
        var keys = new ArrayList<byte[]>();
        var claims = new ArrayList<Claim>();
        store.each(key(CLAIMS, entitlement, ""), (key, value) -> {
            keys.add(key);
            claims.add(claim(value));
            return true;
        });
        keys.forEach(store::delete);
        return claims;
    }

    /** Passes on the changed claims that nobody has taken, by entitlement. */
    void rest(BiConsumer<String, List<Claim>> receiver) {
        var group = new ArrayList<Claim>();
        store.each(prefix(CLAIMS), (key, value) -> {
            var claim = claim(value);
            if (!group.isEmpty()
                    && !keyOf(group).equals(EntitlementKey.of(claim).toString())) {
                receiver.accept(keyOf(group), List.copyOf(group));
                group.clear();
            }
            return group.add(claim);
        });
        if (!group.isEmpty()) {
            receiver.accept(keyOf(group), List.copyOf(group));
        }
    }

    private static String keyOf(List<Claim> group) {
        return EntitlementKey.of(group.get(0)).toString();
    }

    /** Discrepancies of a payment key or an order that open or close. */
    List<Discrepancy> discrepancies(String key) {
        var found = new ArrayList<Discrepancy>();
        store.each(key(DISCREPANCIES, key, ""), (any, value) -> found.add(discrepancy(value)));
        return found;
    }

    void add(UserChange user) {
        var sorted = String.join(
                String.valueOf(END),
                Integer.toString(user.kind().ordinal()),
                user.user(),
                user.entitlement(),
                user.scope());
        store.put(key(USERS, sorted, ""), StoredJson.bytes(user));
    }

    /** Passes on users until the receiver returns false. */
    void users(Predicate<UserChange> receiver) {
        store.each(prefix(USERS), (key, value) -> receiver.test(StoredJson.read(value, UserChange.class)));
    }

    void opening(Predicate<DiscrepancyChange> receiver) {
        store.each(prefix(OPENING), (key, value) -> receiver.test(StoredJson.read(value, DiscrepancyChange.class)));
    }

    void closing(Predicate<DiscrepancyChange> receiver) {
        store.each(prefix(CLOSING), (key, value) -> receiver.test(StoredJson.read(value, DiscrepancyChange.class)));
    }

    private static byte[] prefix(char list) {
        return String.valueOf(list).getBytes(UTF_8);
    }

    private static byte[] key(char list, String id, String number) {
        return (list + id + END + number).getBytes(UTF_8);
    }

    private static byte[] bytes(Claim claim) {
        try {
            return claim.toByteBuffer().array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Discrepancy discrepancy) {
        try {
            return discrepancy.toByteBuffer().array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Claim claim(byte[] bytes) {
        try {
            return Claim.fromByteBuffer(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Discrepancy discrepancy(byte[] bytes) {
        try {
            return Discrepancy.fromByteBuffer(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
