package ipn.query.reader;

import ipn.query.model.Change;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One topic that the read model is built from.
 *
 * @param topic full name
 * @param optional whether to go on without it while it does not exist, or may not be read
 * @param rows what its records become
 */
record Input(String topic, boolean optional, RecordRows rows) {

    /** What a record becomes in the tables. */
    @FunctionalInterface
    interface RecordRows {
        /** @throws org.apache.kafka.common.errors.SerializationException if the record cannot be read */
        List<Change> of(ConsumerRecord<byte[], byte[]> record);
    }
}
