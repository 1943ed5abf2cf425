package ipn.projector.allocation;

import ipn.avro.PaymentState;
import ipn.topics.ByteLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which payments are kept where there are too many: those with the most money, because anybody can pay one cent for what is not
 * theirs.
 */
public final class MostMoney {
    /** Half of a stored value; the other half is for claims, discrepancies and postings, which follow from the payments. */
    public static final int BYTES_MAX = ByteLimits.MESSAGE / 2;

    private MostMoney() {}

    /** Writes a value as Avro. */
    @FunctionalInterface
    public interface Encoder<V> {
        ByteBuffer encode(V value) throws IOException;
    }

    /**
     * Those that fit, in the order of their rank; one that does not fit makes room for the next.
     *
     * @param max how many are kept, of {@link #BYTES_MAX} in all
     */
    public static <V> Map<String, V> keep(List<Map.Entry<String, V>> ranked, int max, Encoder<V> encoder) {
        var kept = new HashMap<String, V>();
        var bytes = 0;
        for (var entry : ranked) {
            var size = bytes(entry.getValue(), encoder);
            if (kept.size() < max && bytes + size <= BYTES_MAX) {
                bytes += size;
                kept.put(entry.getKey(), entry.getValue());
            }
        }
        return kept;
    }

    /** The most that was captured in one currency, in minor units. */
    public static long captured(Stream<PaymentState> states) {
        return states.flatMap(state -> state.getTotals().stream())
                .mapToLong(totals -> Math.max(0, totals.getCaptured()))
                .max()
                .orElse(0);
    }

    private static <V> int bytes(V value, Encoder<V> encoder) {
        try {
            return encoder.encode(value).remaining();
        } catch (IOException e) {
            throw new UncheckedIOException("a payment cannot be written to memory", e);
        }
    }
}
