package ipn.projector.stream;

import ipn.avro.Cause;
import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.RawHeader;
import ipn.avro.SourceRecord;
import ipn.avro.RecordPosition;
import ipn.avro.Allocation;
import ipn.projector.deadletter.DeadLetter;
import ipn.projector.deadletter.DeadLetterHeaders;
import ipn.projector.order.OrderRules;
import ipn.projector.order.OrderRules.Violation;
import ipn.topics.Reason;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads what checkouts wrote, and passes it on to where the order's payments come. They are not ours: they may put an order into
 * any partition, and what is no order leaves as the record it was, and troubles nobody else.
 */
final class ReadOrder extends ContextualProcessor<byte @Nullable [], byte @Nullable [], Object, Object> {
    static final String TO_DEAD_LETTERS = "dead-letters-out";

    private final Deserializer<Order> orders;

    ReadOrder(Deserializer<Order> orders) {
        this.orders = orders;
    }

    @Override
    public void process(Record<byte @Nullable [], byte @Nullable []> record) {
        try {
            var orderId = orderId(record.key());
            var order = record.value() == null ? null : orders.deserialize(topic(), record.value());
            var violation = OrderRules.violation(orderId, order);
            if (violation.isPresent()) {
                bury(record, violation.get());
            } else {
                context()
                        .forward(
                                new Record<>(orderId, told(orderId, order), record.timestamp()),
                                AllocatePayment.TO_SETTLEMENTS);
            }
        } catch (SerializationException | ClassCastException e) {
            if (registryIsAway(e)) {
                throw e;
            }
            bury(record, new Violation(Reason.MALFORMED, "value: no order in Avro (expected: schema Order)"));
        }
    }

    private Allocation told(String orderId, @Nullable Order order) {
        var at = context().recordMetadata().orElseThrow();
        return Allocation.newBuilder()
                .setTo(orderId)
                .setToOrder(true)
                .setFrom(orderId)
                .setLink(false)
                .setCheckout(true)
                .setOrder(order)
                .setCause(new Cause("order/" + orderId, at.topic(), at.partition(), at.offset(), false))
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

    private void bury(Record<byte @Nullable [], byte @Nullable []> record, Violation violation) {
        var at = context().recordMetadata().orElseThrow();
        var raw = raw(record);
        var outcome = Outcome.newBuilder()
                .setKind("UNPROCESSABLE")
                .setReason(violation.reason().name())
                .setDetail(violation.detail())
                .setPaymentKey("")
                .setEventKey("")
                .setGateway("")
                .setAccount("")
                .setEventType("order")
                .setSource(new RecordPosition(at.topic(), at.partition(), at.offset()))
                .build();
        var headers = DeadLetterHeaders.of("projector", outcome, raw, Instant.ofEpochMilli(record.timestamp()));
        var letter = new DeadLetter(
                DeadLetterHeaders.bytes(raw.getKey()), DeadLetterHeaders.bytes(raw.getValue()), at.partition());
        context().forward(new Record<>(letter, letter, record.timestamp(), headers), TO_DEAD_LETTERS);
    }

    private static SourceRecord raw(Record<byte @Nullable [], byte @Nullable []> record) {
        var headers = new ArrayList<RawHeader>();
        record.headers().forEach(header -> headers.add(new RawHeader(header.key(), buffer(header.value()))));
        return SourceRecord.newBuilder()
                .setKey(buffer(record.key()))
                .setValue(buffer(record.value()))
                .setTimestamp(Instant.ofEpochMilli(record.timestamp()))
                .setHeaders(headers)
                .build();
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private String topic() {
        return context().recordMetadata().orElseThrow().topic();
    }

    /** Then the order may be fine: it waits, as everything else does. */
    private static boolean registryIsAway(Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }
}
