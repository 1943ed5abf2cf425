package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.topics.Headers;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes dead letters the way the projector does: the raw record whole, then the headers of the failure. */
public final class TestDeadLetters {
    public static final Instant FIRST = Instant.parse("2026-03-01T10:00:00Z");

    private TestDeadLetters() {}

    /**
     * How a record failed.
     *
     * @param id of the dead letter
     * @param attempts so far
     */
    public record Failure(String id, String reason, int attempts, Instant at) {
        public static Failure of(String id) {
            return new Failure(id, "MALFORMED", 1, FIRST);
        }

        Failure reason(String other) {
            return new Failure(id, other, attempts, at);
        }

        Failure attempts(int other) {
            return new Failure(id, reason, other, at.plusSeconds(60L * (other - attempts)));
        }

        Failure at(Instant other) {
            return new Failure(id, reason, attempts, other);
        }
    }

    public static ProducerRecord<byte[], byte[]> deadLetter(
            String dlq, ConsumerRecord<byte[], byte[]> raw, Failure failure) {
        var headers = new RecordHeaders();
        for (var header : raw.headers()) {
            if (!header.key().startsWith("ipn.dlq.")) {
                headers.add(header);
            }
        }
        add(headers, Headers.ERROR_EXCEPTION, "ipn.Refused");
        add(headers, Headers.ERROR_MESSAGE, "amount: not a number");
        add(headers, Headers.ERROR_STACKTRACE, "at ipn");
        add(headers, Headers.ERROR_TOPIC, raw.topic());
        add(headers, Headers.ERROR_PARTITION, Integer.toString(raw.partition()));
        add(headers, Headers.ERROR_OFFSET, Long.toString(raw.offset()));
        add(headers, Headers.DLQ_ID, failure.id());
        add(headers, Headers.DLQ_REASON, failure.reason());
        add(headers, Headers.DLQ_STAGE, "processor");
        add(headers, Headers.DLQ_CLASS, "permanent");
        add(headers, Headers.DLQ_FINGERPRINT, "f-" + failure.reason());
        add(headers, Headers.DLQ_ATTEMPTS, Integer.toString(failure.attempts()));
        add(headers, Headers.DLQ_FIRST_FAILED_AT, FIRST.toString());
        add(headers, Headers.DLQ_LAST_FAILED_AT, failure.at().toString());
        add(headers, Headers.DLQ_APP_VERSION, "0.1.0");
        return new ProducerRecord<>(dlq, raw.partition(), raw.key(), raw.value(), headers);
    }

    /** A header as text that can be compared, null values and bytes that are no text included. */
    public static String shown(Header header) {
        return header.key() + "=" + (header.value() == null ? "null" : new String(header.value(), ISO_8859_1));
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
