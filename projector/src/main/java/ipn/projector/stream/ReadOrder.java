package ipn.projector.stream;

import ipn.avro.Allocation;
import ipn.avro.Cause;
import ipn.avro.Order;
import ipn.avro.RecordPosition;
import ipn.key.OrderId;
import ipn.projector.deadletter.DeadLetter;
import ipn.projector.deadletter.Failure;
import ipn.projector.deadletter.SourceRecords;
import ipn.projector.order.OrderRules;
import ipn.projector.order.OrderRules.Violation;
import ipn.serde.RegistryFailure;
import ipn.topics.ByteLimits;
import ipn.topics.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
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
    private static final String STAGE = "projector";

    private final Deserializer<Order> orders;

    public ReadOrder(Deserializer<Order> orders) {
        this.orders = orders;
    }

    @Override
    public void process(Record<byte @Nullable [], byte @Nullable []> record) {
        if (SourceRecords.bytes(record) > ByteLimits.WHOLE_RECORD) {
            reject(record, new Violation(Reason.MALFORMED, "record: larger than any order (expected: at most 1 MiB)"));
            return;
        }
        var orderId = orderId(record.key());
        @Nullable Order order;
        try {
            order = record.value() == null ? null : orders.deserialize(topic(), record.value());
        } catch (RuntimeException | StackOverflowError e) { // Avro throws many types for broken bytes
            if (RegistryFailure.isUnavailable(e)) {
                throw e; // the order may be right: it is read again when the registry answers
            }
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
        var at = context().recordMetadata().orElseThrow();
        return Allocation.newBuilder()
                .setTo(orderId)
                .setToOrder(true)
                .setFrom(orderId)
                .setLink(false)
                .setCheckout(true)
                .setOrder(order)
                .setCause(new Cause(new OrderId(orderId).qualified(), at.topic(), at.partition(), at.offset(), false))
                .build();
    }

    /** Empty where the key is no text. */
    private static String orderId(byte @Nullable [] key) {
        try {
            return key == null
                    ? ""
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(key))
                            .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    private void reject(Record<byte @Nullable [], byte @Nullable []> record, Violation violation) {
        var at = context().recordMetadata().orElseThrow();
        var failure = new Failure(
                STAGE,
                violation.reason(),
                Optional.of(violation.detail()),
                "order",
                new RecordPosition(at.topic(), at.partition(), at.offset()),
                Instant.ofEpochMilli(record.timestamp()));
        context().forward(DeadLetter.emit(failure, SourceRecords.from(record), record.timestamp()), TO_DEAD_LETTERS);
    }

    private String topic() {
        return context().recordMetadata().orElseThrow().topic();
    }
}
