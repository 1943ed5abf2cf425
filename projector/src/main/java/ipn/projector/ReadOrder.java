package ipn.projector;

import ipn.avro.Order;
import ipn.avro.Outcome;
import ipn.avro.RawHeader;
import ipn.avro.RawRecord;
import ipn.avro.RecordPosition;
import ipn.projector.order.OrderRules;
import ipn.projector.order.OrderRules.Violation;
import ipn.topics.Reason;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads what checkouts wrote. They are not ours, so what is no order leaves as the record it was, and troubles nobody else.
 */
final class ReadOrder extends ContextualProcessor<String, byte @Nullable [], Object, Object> {
    static final String TO_ORDERS = "match-ordered";
    static final String TO_DEAD_LETTERS = "dead-letters-out";

    private final Deserializer<Order> orders;

    ReadOrder(Deserializer<Order> orders) {
        this.orders = orders;
    }

    @Override
    public void process(Record<String, byte @Nullable []> record) {
        Order order = null;
        Optional<Violation> violation;
        try {
            order = record.value() == null ? null : orders.deserialize(topic(), record.value());
            violation = order == null ? Optional.empty() : OrderRules.violation(record.key(), order);
        } catch (SerializationException | ClassCastException e) {
            if (registryIsAway(e)) {
                throw e;
            }
            violation =
                    Optional.of(new Violation(Reason.MALFORMED, "value: no order in Avro (expected: schema Order)"));
        }
        if (record.key() == null) {
            violation = Optional.of(new Violation(Reason.INVALID_ID, "key: none (expected: the order id)"));
        }
        if (violation.isPresent()) {
            bury(record, violation.get());
        } else {
            context().forward(new Record<>(record.key(), order, record.timestamp()), TO_ORDERS);
        }
    }

    private void bury(Record<String, byte @Nullable []> record, Violation violation) {
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

    private static RawRecord raw(Record<String, byte @Nullable []> record) {
        var headers = new ArrayList<RawHeader>();
        record.headers().forEach(header -> headers.add(new RawHeader(header.key(), buffer(header.value()))));
        return RawRecord.newBuilder()
                .setKey(record.key() == null ? null : buffer(record.key().getBytes(StandardCharsets.UTF_8)))
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
