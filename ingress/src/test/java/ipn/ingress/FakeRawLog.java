package ipn.ingress;

import ipn.ingress.log.RawLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A list in place of Kafka, for tests of what comes before it. */
final class FakeRawLog implements RawLog {
    final List<ProducerRecord<byte[], byte[]>> records = new CopyOnWriteArrayList<>();
    volatile boolean ready = true;
    volatile Function<List<ProducerRecord<byte[], byte[]>>, CompletionStage<Void>> storing = this::store;

    CompletionStage<Void> store(List<ProducerRecord<byte[], byte[]>> some) {
        records.addAll(some);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> append(List<ProducerRecord<byte[], byte[]>> some) {
        return storing.apply(some);
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public void close() {}
}
