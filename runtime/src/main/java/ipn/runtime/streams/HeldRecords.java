package ipn.runtime.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Records that are sent together. A producer wakes its network thread for each record that begins a batch, and a stage writes to a hundred
 * partitions; waking it again and again takes more time than the records.
 */
final class HeldRecords {
    private static final int RECORDS_MAX = 1_000;
    private static final long BYTES_MAX = 4L << 20;

    private record Held(ProducerRecord<byte[], byte[]> record, Callback callback) {}

    private final BiConsumer<ProducerRecord<byte[], byte[]>, Callback> producer;
    private final List<Held> held = new ArrayList<>();
    private long bytes;

    /** @param producer sends a record */
    HeldRecords(BiConsumer<ProducerRecord<byte[], byte[]>, Callback> producer) {
        this.producer = producer;
    }

    /** Holds a record, and sends all if they are many. */
    void add(ProducerRecord<byte[], byte[]> record, Callback callback) {
        held.add(new Held(record, callback));
        bytes += record.value() == null ? 0 : record.value().length;
        if (held.size() >= RECORDS_MAX || bytes >= BYTES_MAX) {
            sendAll();
        }
    }

    /** Sends all, in their order. A record that cannot be sent fails as one that the broker refuses: by its callback. */
    void sendAll() {
        var all = List.copyOf(held);
        drop();
        all.forEach(this::send);
    }

    private void send(Held each) {
        try {
            producer.accept(each.record(), each.callback());
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            each.callback().onCompletion(null, e.getCause() instanceof ApiException cause ? cause : e);
        }
    }

    /** Forgets all: their transaction was aborted. */
    void drop() {
        held.clear();
        bytes = 0;
    }
}
