package ipn.client.store;

import ipn.client.AccessDecision;
import ipn.client.AccessKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The newest decision of each key. One thread writes; any may read at any time, without locks. */
public final class CompactStore {
    private static final int SEGMENT_BITS = 10;

    private final Names entitlements = new Names();
    private final Names names = new Names();
    private final DecisionBytes decisions = new DecisionBytes(names);
    // not predictable, so that nobody can choose subjects that meet in one slot
    private final int seed = ThreadLocalRandom.current().nextInt();
    private final Segment[] segments = new Segment[1 << SEGMENT_BITS];

    /** An empty store. */
    public CompactStore() {
        Arrays.setAll(segments, i -> new Segment(seed));
    }

    /** The newest decision; null if there is none. */
    public @Nullable AccessDecision get(AccessKey key) {
        var bytes = KeyBytes.find(key, entitlements, seed);
        if (bytes == null) {
            return null;
        }
        var value = segment(bytes.subjectHash()).get(bytes);
        return value == null ? null : decisions.read(value.bytes(), value.at());
    }

    /** The revision of the newest decision; 0 if there is none. */
    public long revision(AccessKey key) {
        var bytes = KeyBytes.find(key, entitlements, seed);
        var value = bytes == null ? null : segment(bytes.subjectHash()).get(bytes);
        return value == null ? 0 : DecisionBytes.revision(value.bytes(), value.at());
    }

    /** Writes a decision, whatever was there. */
    public void put(AccessKey key, AccessDecision decision) {
        var bytes = KeyBytes.of(key, entitlements, seed);
        if (bytes != null) {
            segment(bytes.subjectHash()).put(bytes, decisions.write(decision));
        }
    }

    /** Deletes the decision of a key. */
    public void remove(AccessKey key) {
        var bytes = KeyBytes.find(key, entitlements, seed);
        if (bytes != null) {
            segment(bytes.subjectHash()).remove(bytes);
        }
    }

    /** Keys and decisions of a subject, at most so many. */
    public List<Change> ofSubject(String subject, int limit) {
        var found = new ArrayList<Change>();
        var bytes = subject.getBytes(StandardCharsets.UTF_8);
        segment(KeyBytes.hash(bytes, seed)).forEach((blocks, keyAt, keyLength, valueAt, valueLength) -> {
            if (KeyBytes.isOf(bytes, blocks, keyAt, keyLength)) {
                var key = KeyBytes.read(blocks, keyAt, keyLength, entitlements);
                found.add(new Change(key, decisions.read(blocks, valueAt)));
            }
            return found.size() < limit;
        });
        return found;
    }

    /** Names of all entitlements that were ever written, sorted. */
    public List<String> entitlementNames() {
        return entitlements.sorted();
    }

    /** How many entries there are, about, while another thread writes. */
    public long size() {
        return Arrays.stream(segments).mapToLong(Segment::size).sum();
    }

    /** Memory of all entries. */
    public long bytes() {
        return Arrays.stream(segments).mapToLong(Segment::bytes).sum();
    }

    private Segment segment(int subjectHash) {
        return segments[subjectHash >>> -SEGMENT_BITS];
    }

    /** Shared texts and changes, as bytes that {@link #read} understands. */
    final class Writer {
        private int entitlementsWritten;
        private int namesWritten;

        /** All shared texts are in the file that was read. */
        void resume() {
            entitlementsWritten = entitlements.size();
            namesWritten = names.size();
        }

        /** The changes; a null decision deletes. */
        void changes(Bytes out, List<Change> changes) {
            var body = new Bytes();
            for (var change : changes) {
                var key = KeyBytes.of(change.key(), entitlements, seed);
                if (key != null) {
                    var decision = change.decision();
                    body.sized(key.bytes()).sized(decision == null ? new byte[0] : decisions.write(decision));
                }
            }
            texts(out);
            var bytes = body.copy();
            out.raw(bytes, 0, bytes.length);
        }

        /** The texts that are new since the last time: what a part of a file begins with. */
        void texts(Bytes out) {
            entitlementsWritten = texts(out, entitlements, entitlementsWritten);
            namesWritten = texts(out, names, namesWritten);
        }

        private static int texts(Bytes out, Names of, int written) {
            var added = of.from(written);
            out.number(added.size());
            added.forEach(text -> out.sized(text.getBytes(StandardCharsets.UTF_8)));
            return of.size();
        }

        /** The entries of one segment. */
        void segment(Bytes out, int index) {
            segments[index].forEach((blocks, keyAt, keyLength, valueAt, valueLength) -> {
                out.number(keyLength).raw(blocks, keyAt, keyLength);
                out.number(valueLength).raw(blocks, valueAt, valueLength);
                return true;
            });
        }

        int segments() {
            return segments.length;
        }
    }

    /** Reads what a {@link Writer} wrote, up to a position. */
    void read(ByteReader in, int end) {
        readTexts(in, entitlements);
        readTexts(in, names);
        while (in.position() < end) {
            var key = in.sized();
            var value = in.sized();
            var bytes = KeyBytes.at(key, 0, key.length, seed);
            if (value.length == 0) {
                segment(bytes.subjectHash()).remove(bytes);
            } else {
                segment(bytes.subjectHash()).put(bytes, value);
            }
        }
    }

    private static void readTexts(ByteReader in, Names into) {
        for (var left = in.count(); left > 0; left--) {
            into.id(in.text(in.count()));
        }
    }

    /**
     * A change of an entry.
     *
     * @param decision null: the entry is deleted
     */
    public record Change(AccessKey key, @Nullable AccessDecision decision) {}
}
