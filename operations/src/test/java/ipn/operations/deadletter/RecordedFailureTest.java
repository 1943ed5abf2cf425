package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.topic.Position;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Headers of dead letters that other programs write. */
class RecordedFailureTest {
    private static final long AT = 1_700_000_000_000L;
    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void kafka_connect() {
        text("__connect.errors.topic", "ipn.entitlements");
        text("__connect.errors.partition", "3");
        text("__connect.errors.offset", "4711");
        text("__connect.errors.connector.name", "crm-sink");
        text("__connect.errors.task.id", "0");
        text("__connect.errors.stage", "VALUE_CONVERTER");
        text("__connect.errors.exception.class.name", "org.apache.kafka.connect.errors.DataException");
        text("__connect.errors.exception.message", "ada@example.com is no number");
        var failure = failure();

        assertThat(failure.stage()).isEqualTo("connect:crm-sink");
        assertThat(failure.source()).isEqualTo(new Position("ipn.entitlements", 3, 4711));
        assertThat(failure.message())
                .isEqualTo("org.apache.kafka.connect.errors.DataException")
                .doesNotContain("ada");
        assertThat(failure.lastFailedAt()).isEqualTo(Instant.ofEpochMilli(AT));
    }

    @Test
    void spring_kafka_writes_numbers_as_bytes() {
        text("kafka_dlt-original-topic", "ipn.entitlements");
        headers.add(
                "kafka_dlt-original-partition", ByteBuffer.allocate(4).putInt(5).array());
        headers.add(
                "kafka_dlt-original-offset",
                ByteBuffer.allocate(8).putLong(1L << 40).array());
        text("kafka_dlt-original-consumer-group", "premium");
        text("kafka_dlt-exception-fqcn", "org.example.Broken");
        text("kafka_dlt-exception-message", "card 4242");
        var failure = failure();

        assertThat(failure.stage()).isEqualTo("spring:premium");
        assertThat(failure.source()).isEqualTo(new Position("ipn.entitlements", 5, 1L << 40));
        assertThat(failure.message()).isEqualTo("org.example.Broken");
    }

    @Test
    void kafka_streams_without_our_headers() {
        text("__streams.errors.topic", "ipn.entitlements");
        text("__streams.errors.partition", "1");
        text("__streams.errors.offset", "2");
        text("__streams.errors.exception", "org.example.Broken");

        assertThat(failure().stage()).isEqualTo("streams");
        assertThat(failure().source()).isEqualTo(new Position("ipn.entitlements", 1, 2));
    }

    @Test
    void failures_of_one_program_topic_and_exception_have_one_fingerprint() {
        text("__connect.errors.topic", "ipn.entitlements");
        text("__connect.errors.connector.name", "crm-sink");
        text("__connect.errors.exception.class.name", "org.example.Broken");
        var first = failure().fingerprint();
        text("__connect.errors.offset", "9");
        assertThat(failure().fingerprint()).isEqualTo(first).hasSize(16);
        text("__connect.errors.exception.class.name", "org.example.Other");
        assertThat(failure().fingerprint()).isNotEqualTo(first);
    }

    @Test
    void broken_headers_hide_no_dead_letter() {
        text("kafka_dlt-original-topic", "ipn.entitlements");
        headers.add("kafka_dlt-original-partition", new byte[] {1, 2, 3});
        headers.add("kafka_dlt-original-offset", null);
        assertThat(failure().source()).isEqualTo(new Position("ipn.entitlements", -1, -1));
    }

    @Test
    void ours_come_first() {
        text("__streams.errors.topic", "ipn.raw");
        text("__streams.errors.message", "amount: not a number");
        text("ipn.dlq.reason", "INVALID_AMOUNT");
        text("ipn.dlq.stage", "processor");
        text("ipn.dlq.fingerprint", "f");
        assertThat(failure())
                .isEqualTo(new RecordedFailure(
                        "processor", "amount: not a number", "f", new Position("ipn.raw", -1, -1), null));
    }

    private void text(String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private RecordedFailure failure() {
        return RecordedFailure.of(new ConsumerRecord<>(
                "ipn.dlq",
                0,
                0,
                AT,
                TimestampType.LOG_APPEND_TIME,
                1,
                1,
                new byte[1],
                new byte[1],
                headers,
                Optional.empty()));
    }
}
