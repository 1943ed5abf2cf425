package ipn.operations.order;

import ipn.avro.Order;
import ipn.operations.topic.Position;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes orders, as checkouts do. */
public final class OrderWriter {
    private final KafkaSettings kafka;
    private final AvroSerdes serdes;

    public OrderWriter(KafkaSettings kafka, AvroSerdes serdes) {
        this.kafka = kafka;
        this.serdes = serdes;
    }

    /**
     * Writes an order.
     *
     * @return its position
     */
    public Position write(Order order) {
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
}
