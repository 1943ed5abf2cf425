package ipn.processor.silence;

import java.time.Duration;
import java.time.Instant;

/**
 * How long nothing has come in a stream.
 *
 * @param last its newest notification
 * @param lasts since then
 * @param limit the longest silence that is usual since then
 * @param missing notifications that usually come in that time
 */
public record Silence(StreamId stream, Instant last, Duration lasts, Duration limit, double missing) {
    /** Whether it is longer than it ever is. */
    public boolean isUnusual() {
        return lasts.compareTo(limit) > 0;
    }
}
