package ipn.operations.topic;

import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Keeps consumers for single records, because a new one asks for all metadata first. Thread-safe. */
public final class ReaderPool implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private final BlockingQueue<KafkaConsumer<byte[], byte[]>> idle;
    private volatile boolean closed;

    /** @param kept most consumers that are kept */
    public ReaderPool(KafkaSettings kafka, int kept) {
        this.kafka = kafka;
        this.idle = new ArrayBlockingQueue<>(kept);
    }

    /** A reader of what an index finds, which reads nothing from the start. To be closed. */
    public TopicReader open(RecordIndex index) {
        var kept = idle.poll();
        return TopicReader.borrowing(
                kept == null ? TopicReader.ofSingles(kafka) : kept, index, TIMEOUT, this::giveBack);
    }

    private void giveBack(KafkaConsumer<byte[], byte[]> consumer) {
        if (closed || !idle.offer(consumer)) {
            consumer.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (var consumer = idle.poll(); consumer != null; consumer = idle.poll()) {
            consumer.close();
        }
    }
}
