package ipn.ingress;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Where raw records go. */
interface RawLog extends AutoCloseable {
    /**
     * Stores records. Never blocks; completes when all of them are safe, and fails when one is not, or nobody knows.
     */
    CompletionStage<Void> append(List<ProducerRecord<byte[], byte[]>> records);

    /** True when it can be expected to store. */
    boolean ready();

    /** Sends what it was given, then ends. */
    @Override
    void close();
}
