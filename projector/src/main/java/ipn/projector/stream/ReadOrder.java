package ipn.projector.stream;

import ipn.avro.Allocation;
import ipn.avro.Cause;
import ipn.avro.Order;
import ipn.key.OrderId;
import ipn.order.OrderRules;
import ipn.order.OrderRules.Violation;
import ipn.projector.deadletter.DeadLetter;
import ipn.projector.deadletter.DeadLetterMeter;
import ipn.topics.ByteLimits;
import ipn.topics.Reason;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads orders and passes each on to the partition where its payments arrive. Checkouts are not ours: they may write an order into any
 * partition, and a record that is no order becomes a dead letter and affects no other.
 */
public final class ReadOrder extends ContextualProcessor<byte @Nullable [], byte @Nullable [], Object, Object> {
    public static final String TO_DEAD_LETTERS = "dead-letters-out";

    private final RecordReader<Order> reader;
    private final DeadLetterMeter meter;

    public ReadOrder(Deserializer<Order> orders, DeadLetterMeter meter) {
        this.meter = meter;
        this.reader = new RecordReader<>(orders, ByteLimits.WHOLE_RECORD);
    }

    @Override
    public void process(Record<byte @Nullable [], byte @Nullable []> record) {
        var orderId = RecordReader.key(record.key()).orElse("");
        var order = reader.value(RecordReader.position(context()).getTopic(), record)
                .orElse(null);
        if (order == null && record.value() != null) {
            reject(record, new Violation(Reason.MALFORMED, "value: no order in Avro (expected: schema Order)"));
            return;
        }
        var violation = OrderRules.violation(orderId, order);
        if (violation.isPresent()) {
            reject(record, violation.get());
            return;
        }
        context()
                .forward(
                        new Record<>(orderId, message(orderId, order), record.timestamp()),
                        AllocatePayment.TO_ALLOCATIONS);
    }

    private Allocation message(String orderId, @Nullable Order order) {
        var at = RecordReader.position(context());
        return Allocation.newBuilder()
                .setTo(orderId)
                .setToOrder(true)
                .setFrom(orderId)
                .setLink(false)
                .setCheckout(true)
                .setOrder(order)
                .setCause(new Cause(
                        new OrderId(orderId).qualified(), at.getTopic(), at.getPartition(), at.getOffset(), false))
                .build();
    }

    private void reject(Record<byte @Nullable [], byte @Nullable []> record, Violation violation) {
        context()
                .forward(
                        DeadLetter.reject(
                                RecordReader.position(context()),
                                record,
                                violation.reason(),
                                violation.detail(),
                                "order"),
                        TO_DEAD_LETTERS);
        meter.count(violation.reason());
    }
}
