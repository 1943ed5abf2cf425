package ipn.operations.deadletter;

import ipn.key.Sha256;
import ipn.operations.topic.HeaderText;
import ipn.operations.topic.Position;
import ipn.topics.Headers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a dead letter record about its failure. Our stages, Kafka Streams (KIP-1034), Kafka Connect and Spring Kafka are
 * understood. A failure that is not ours has a fingerprint of its writer, exception and topic, and no message: what another program
 * writes into its messages may be personal data.
 *
 * @param stage that failed; of another program its name, such as {@code connect:NAME}
 * @param source position of the record that failed; offset -1 if the headers do not contain it
 */
record RecordedFailure(
        String stage,
        String message,
        String fingerprint,
        Position source,
        @Nullable Instant lastFailedAt) {
    private static final int FINGERPRINT_DIGITS = 16;

    /** Names of the headers of another program. */
    private enum Program {
        STREAMS(
                "__streams.errors.topic",
                "__streams.errors.partition",
                "__streams.errors.offset",
                "__streams.errors.exception",
                ""),
        CONNECT(
                "__connect.errors.topic",
                "__connect.errors.partition",
                "__connect.errors.offset",
                "__connect.errors.exception.class.name",
                "__connect.errors.connector.name"),
        SPRING(
                "kafka_dlt-original-topic",
                "kafka_dlt-original-partition",
                "kafka_dlt-original-offset",
                "kafka_dlt-exception-fqcn",
                "kafka_dlt-original-consumer-group");

        private final String topic;
        private final String partition;
        private final String offset;
        private final String exception;
        private final String name;

        Program(String topic, String partition, String offset, String exception, String name) {
            this.topic = topic;
            this.partition = partition;
            this.offset = offset;
            this.exception = exception;
            this.name = name;
        }

        Position source(HeaderText header) {
            return new Position(
                    header.text(topic, ""), (int) number(header, partition, -1), number(header, offset, -1));
        }

        /** Connect and Streams write numbers as text, Spring as four or eight bytes. */
        private long number(HeaderText header, String of, long otherwise) {
            if (this != SPRING) {
                return header.number(of, otherwise);
            }
            var found = header.headers().lastHeader(of);
            var bytes = found == null || found.value() == null ? new byte[0] : found.value();
            return switch (bytes.length) {
                case Integer.BYTES -> ByteBuffer.wrap(bytes).getInt();
                case Long.BYTES -> ByteBuffer.wrap(bytes).getLong();
                default -> otherwise;
            };
        }

        String label(HeaderText header) {
            var program = name().toLowerCase(java.util.Locale.ROOT);
            var named = header.text(name, "");
            return named.isEmpty() ? program : program + ":" + named;
        }
    }

    static RecordedFailure of(ConsumerRecord<byte[], byte[]> record) {
        var header = new HeaderText(record.headers());
        var program = Arrays.stream(Program.values())
                .filter(each -> header.text(each.topic) != null)
                .findFirst();
        var source = program.map(each -> each.source(header)).orElseGet(() -> new Position("", -1, -1));
        return header.text(Headers.DLQ_REASON) == null
                ? program.map(each -> foreign(each, header, source, record)).orElseGet(() -> ours(header, source))
                : ours(header, source);
    }

    private static RecordedFailure ours(HeaderText header, Position source) {
        return new RecordedFailure(
                header.text(Headers.DLQ_STAGE, ""),
                header.text(Headers.ERROR_MESSAGE, ""),
                header.text(Headers.DLQ_FINGERPRINT, ""),
                source,
                header.instant(Headers.DLQ_LAST_FAILED_AT));
    }

    private static RecordedFailure foreign(
            Program program, HeaderText header, Position source, ConsumerRecord<byte[], byte[]> record) {
        var stage = program.label(header);
        var exception = header.text(program.exception, "");
        var cause = String.join("\n", stage, source.topic(), exception);
        return new RecordedFailure(
                stage,
                exception,
                Sha256.hex(cause).substring(0, FINGERPRINT_DIGITS),
                source,
                Optional.of(record.timestamp())
                        .filter(time -> time >= 0)
                        .map(Instant::ofEpochMilli)
                        .orElse(null));
    }
}
