package ipn.client.store;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of a topic a store contains.
 *
 * @param offsets of the next record of each partition
 * @param asOf when the store was last known to contain every committed record
 */
public record Position(Map<Integer, Long> offsets, Instant asOf) {
    /** Of an empty store. */
    public static final Position START = new Position(Map.of(), Instant.EPOCH);

    public Position {
        offsets = Map.copyOf(offsets);
    }

    void write(Bytes out) {
        out.number(offsets.size());
        offsets.forEach((partition, offset) -> out.number(partition).number(offset));
        out.number(asOf.toEpochMilli());
    }

    static Position read(ByteReader in) {
        var offsets = new TreeMap<Integer, Long>();
        for (var left = in.count(); left > 0; left--) {
            offsets.put(in.count(), in.number());
        }
        return new Position(offsets, Instant.ofEpochMilli(in.number()));
    }
}
