package ipn.runtime.lag;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a stage has not yet processed and committed.
 *
 * @param records by topic, in all partitions
 * @param oldest timestamp of the oldest such record; empty: there is none
 * @param readAt when this was read
 */
public record Lag(Map<String, Long> records, Optional<Instant> oldest, Instant readAt) {
    public Lag {
        records = Map.copyOf(records);
    }
}
