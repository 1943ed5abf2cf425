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
 * @param further topics that it is complete with, besides those that are always there
 */
record Batch(List<Read> records, Map<TopicPartition, Long> positions, Optional<Instant> asOf, List<String> further) {
    Batch {
        records = List.copyOf(records);
        positions = Map.copyOf(positions);
        further = List.copyOf(further);
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
