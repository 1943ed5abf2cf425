package ipn.operations.topic;

import ipn.serde.UntrustedValues;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads Avro values that any program may have written, so that one broken record does not keep an operator from the others. */
public final class AvroValues {
    private static final Logger LOG = LoggerFactory.getLogger(AvroValues.class);

    private AvroValues() {}

    /**
     * The value of a record.
     *
     * @return empty if there is none, or it cannot be read; the latter is logged with its position
     * @throws SerializationException while the schema registry is unavailable, because then nothing is known about the record
     */
    public static <T> Optional<T> read(ConsumerRecord<byte[], byte[]> record, Deserializer<T> values) {
        var value = UntrustedValues.read(values, record.topic(), record.value());
        if (value.isEmpty() && record.value() != null) {
            LOG.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("Record cannot be read; it is skipped");
        }
        return value;
    }
}
