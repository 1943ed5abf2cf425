package ipn.operations.order;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.operations.OperationFailedException;
import ipn.operations.topic.NewestRecords;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What checkouts expect: says it for them, and shows what became of it. */
public final class OrderWriter {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    public OrderWriter(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /**
     * One order.
     *
     * @param order as its checkout last wrote it; empty: none has, or it was withdrawn
     * @param matched what the projector makes of it and of those who pay; empty where it has not heard of it, or keeps its
     *     memory elsewhere
     */
    public record Expected(String orderId, Optional<Order> order, Optional<OrderAllocation> matched) {}

    /**
     * Writes an order, as a checkout would.
     *
     * @return where it stands
     */
    public Position put(Order order) {
        var properties = kafka.client();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        var topic = kafka.topics().name(TopicCatalogue.ORDERS);
        try (var values = serdes.serializer(Order.class);
                var producer = new KafkaProducer<>(properties, new StringSerializer(), values)) {
            var at = producer.send(new ProducerRecord<>(topic, order.getOrderId(), order))
                    .get();
            return new Position(at.topic(), at.partition(), at.offset());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        }
    }

    /**
     * Reads all orders: a checkout may have put it into any partition.
     *
     * @param projector application id of the projector: its memory of orders is a topic of that name
     */
    public Expected show(String orderId, String projector, Progress progress) {
        try (var reader = TopicReader.open(kafka);
                var orders = serdes.deserializer(Order.class);
                var matched = serdes.deserializer(OrderAllocation.class)) {
            var topic = kafka.topics().name(TopicCatalogue.ORDERS);
            var all = reader.partitions(topic);
            return new Expected(
                    orderId,
                    newest(reader, topic, all, orderId, orders, progress),
                    matched(reader, projector + "-order-allocations-changelog", orderId, matched, progress));
        }
    }

    private static Optional<OrderAllocation> matched(
            TopicReader reader, String topic, String orderId, Deserializer<OrderAllocation> values, Progress progress) {
        try {
            var partition = reader.partitionOf(topic, orderId.getBytes(UTF_8));
            return newest(reader, topic, List.of(partition), orderId, values, progress);
        } catch (OperationFailedException | KafkaException e) {
            return Optional.empty();
        }
    }

    private static <T> Optional<T> newest(
            TopicReader reader,
            String topic,
            List<TopicPartition> partitions,
            String key,
            Deserializer<T> values,
            Progress progress) {
        var newest = new NewestRecords(key.getBytes(UTF_8), 1);
        reader.read(reader.all(partitions), "reading " + topic, progress, newest);
        return newest.records().stream()
                .findFirst()
                .filter(record -> record.value() != null)
                .map(record -> values.deserialize(topic, record.value()));
    }
}
