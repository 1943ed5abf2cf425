package ipn.app.kill;

import ipn.app.IpnConfig;
import ipn.app.kill.Purchase.Sent;
import ipn.avro.Order;
import ipn.gateway.Verdict;
import ipn.ingress.log.RawRecords;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes deliveries as an ingress does, whose signature it verifies, and orders as checkouts do; without waiting for each. */
final class RawWriter implements AutoCloseable {
    private final IpnConfig config;
    private final String raw;
    private final String orders;
    private final Serializer<Order> values;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private int count;

    RawWriter(IpnConfig config) {
        this.config = config;
        var kafka = config.kafka();
        this.raw = kafka.topics().name(TopicCatalogue.RAW);
        this.orders = kafka.topics().name(TopicCatalogue.ORDERS);
        this.values = kafka.serdes().serializer(Order.class);
        var properties = kafka.client();
        properties.put("acks", "all");
        properties.put("linger.ms", "20");
        properties.put("batch.size", "131072");
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void deliver(Sent sent, Instant now) {
        var account = config.accounts().find(sent.gateway(), "main").orElseThrow();
        var delivery = sent.outgoing().received(now);
        var verdict = account.authenticate(delivery, now).toCompletableFuture().join();
        if (!(verdict instanceof Verdict.Genuine genuine)) {
            throw new AssertionError(account.id() + ": refused: " + verdict);
        }
        RawRecords.of(raw, account, delivery, genuine, account.identify(delivery))
                .forEach(this::send);
    }

    void order(Order order) {
        var key = order.getOrderId().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        send(new ProducerRecord<>(orders, key, values.serialize(orders, order)));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> unused = producer.send(record, (position, exception) -> {
            if (exception != null) {
                failure.set(exception);
            }
        });
        count++;
    }

    /** Waits until all is written. Returns how many records it wrote. */
    int flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new AssertionError("not written", failure.get());
        }
        return count;
    }

    @Override
    public void close() {
        values.close();
        producer.close();
    }
}
