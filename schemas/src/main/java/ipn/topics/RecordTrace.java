package ipn.topics;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The trace to which the processing of a record belongs. A function of the record and its position: a stage that reads a record again,
 * because a transaction was aborted, has the same ids again.
 *
 * @param context the span of the processing
 * @param parent the span that wrote the record; empty: the processing is the root of a trace
 * @param link what a record that was replayed belonged to before
 */
public record RecordTrace(TraceParent context, Optional<TraceParent> parent, Optional<TraceParent> link) {
    /** The trace of a record at a position. A replay begins a trace of its own. */
    public static RecordTrace of(Headers headers, String topic, int partition, long offset, long timestamp) {
        var written = TraceParent.parse(value(headers, ipn.topics.Headers.TRACEPARENT));
        var replay = headers.lastHeader(ipn.topics.Headers.REPLAY_ID);
        var position = mixed(mixed(31L * topic.hashCode() + partition) ^ offset);
        if (written.isPresent() && replay == null) {
            var span = mixed(position ^ Long.parseUnsignedLong(written.get().spanId(), 16));
            return new RecordTrace(written.get().child(span), written, Optional.empty());
        }
        var first = mixed(position ^ timestamp);
        var second = mixed(first);
        return new RecordTrace(TraceParent.of(first, second, mixed(second)), Optional.empty(), written);
    }

    private static byte @Nullable [] value(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : header.value();
    }

    /** The last step of SplitMix64: each bit of the result depends on each bit of the value. */
    private static long mixed(long value) {
        var once = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        var twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }
}
