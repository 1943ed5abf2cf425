package ipn.runtime.streams;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The timestamp of a record, or the newest of its partition where it has none that a calendar can show. Streams' own extractor stops
 * the stage instead, and whoever can write to a topic chooses its timestamps.
 */
public final class ValidTimestamp implements TimestampExtractor {
    private static final long MAX = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        var timestamp = record.timestamp();
        return timestamp >= 0 && timestamp <= MAX ? timestamp : Math.max(0, partitionTime);
    }
}
