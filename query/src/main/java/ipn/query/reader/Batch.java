package ipn.query.reader;

import ipn.query.model.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * What one transaction writes.
 *
 * @param records in the order of their partitions
 * @param positions where the reader is in each partition after them
 * @param asOf until when the model is complete with them; empty: as before
 */
record Batch(List<Read> records, Map<TopicPartition, Long> positions, Optional<Instant> asOf) {
    Batch {
        records = List.copyOf(records);
        positions = Map.copyOf(positions);
    }

    /**
     * A record that was read.
     *
     * @param changes none if it could not be read
     * @param error why it could not be read
     */
    record Read(TopicPartition from, long offset, Instant at, List<Change> changes, Optional<String> error) {
        Read failed(String why) {
            return new Read(from, offset, at, List.of(), Optional.of(why));
        }
    }
}
