package ipn.ingress.log;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Where raw records are stored. */
public interface RawLog extends AutoCloseable {
    /**
     * Stores records. Never blocks. Completes when all of them are stored, and fails when one is not, or this is unknown.
     */
    CompletionStage<Void> append(List<ProducerRecord<byte[], byte[]>> records);

    /** True while records can be expected to be stored. */
    boolean ready();

    /** Sends the records accepted so far, then stops. */
    @Override
    void close();
}
