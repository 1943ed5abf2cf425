package ipn.runtime.producer;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Records that are stored all or not all, and who waits for them. Each outcome is given at least once, the first one counts. */
public interface RecordBatch {
    /** At least one; made in the thread of the producer, where a serializer may wait for the schema registry. */
    List<ProducerRecord<byte[], byte[]>> records();

    /**
     * All are stored.
     *
     * @param last where the one is that was confirmed last
     */
    void stored(RecordMetadata last);

    /** One is not stored, or this is unknown. */
    void failed(Exception failure);
}
