package ipn.operations.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Order;
import ipn.avro.OrderAllocation;
import ipn.operations.OperationFailedException;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.Lookup;
import ipn.operations.topic.NewestRecords;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;

/** Finds an order, its payments and its discrepancies. */
public final class OrderQuery {
    private static final String ALLOCATIONS = "order-allocations";

    private final RecordSource source;

    public OrderQuery(KafkaSettings kafka, AvroSerdes serdes) {
        this(RecordSource.topics(kafka, serdes));
    }

    public OrderQuery(RecordSource source) {
        this.source = source;
    }

    /**
     * One order.
     *
     * @param order as its checkout last wrote it; empty if none did, or if it was deleted
     * @param matched the payments of the order and their discrepancies, from the changelog of the projector; empty if it has none, or
     *     cannot be read
     */
    public record OrderView(String orderId, Optional<Order> order, Optional<OrderAllocation> matched) {}

    /**
     * Finds an order. Reads all partitions, because checkouts choose the partition.
     *
     * @param projector application id of the projector, with which the name of its changelog begins
     */
    public OrderView find(String orderId, String projector, Progress progress) {
        try (var reader = source.open();
                var orders = source.serdes().deserializer(Order.class);
                var matched = source.serdes().deserializer(OrderAllocation.class)) {
            var order = source.all(TopicCatalogue.ORDERS).any(Lookup.KEY, List.of(orderId));
            var allocation = Lookup.of(ALLOCATIONS, projector + "-" + ALLOCATIONS + "-changelog")
                    .keys(List.of(orderId));
            return new OrderView(
                    orderId,
                    newest(reader, order, orderId, orders, progress),
                    matched(reader, allocation, orderId, matched, progress));
        }
    }

    /** An order as a checkout last wrote it. Reads only the partition of its key: a further order with this id replaces no other. */
    public Optional<Order> order(String orderId, Progress progress) {
        try (var reader = source.open();
                var orders = source.serdes().deserializer(Order.class)) {
            var lookup = source.all(TopicCatalogue.ORDERS).keys(List.of(orderId));
            return newest(reader, lookup, orderId, orders, progress);
        }
    }

    private static Optional<OrderAllocation> matched(
            TopicReader reader,
            Lookup lookup,
            String orderId,
            Deserializer<OrderAllocation> values,
            Progress progress) {
        try {
            return newest(reader, lookup, orderId, values, progress);
        } catch (OperationFailedException | KafkaException e) {
            return Optional.empty();
        }
    }

    private static <T> Optional<T> newest(
            TopicReader reader, Lookup lookup, String key, Deserializer<T> values, Progress progress) {
        var newest = new NewestRecords(key.getBytes(UTF_8), 1);
        reader.find(lookup, progress, newest);
        return newest.records().stream().findFirst().flatMap(record -> AvroValues.read(record, values));
    }
}
