package ipn.bench.load;

import ipn.avro.Order;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes orders to the topic of orders, as a checkout does. */
public final class CheckoutOrders {
    private CheckoutOrders() {}

    /** Returns when all are acknowledged. */
    public static void write(KafkaSettings kafka, List<Order> orders) throws InterruptedException, ExecutionException {
        var topic = kafka.topics().name(TopicCatalogue.ORDERS);
        try (var values = kafka.serdes().serializer(Order.class);
                var producer = new KafkaProducer<>(kafka.client(), new StringSerializer(), values)) {
            var written = orders.stream()
                    .map(order -> producer.send(new ProducerRecord<>(topic, order.getOrderId(), order)))
                    .toList();
            for (var each : written) {
                each.get();
            }
        }
    }
}
