package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.operations.topic.HeaderText;
import ipn.operations.topic.Position;
import ipn.topics.Headers;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one dead letter, without its body.
 *
 * @param id stays the same over all replays
 * @param reason code of {@link ipn.topics.Reason}
 * @param failureClass transient, permanent or policy
 * @param stage which stage gave up
 * @param eventKey gateway/account/event id; empty where the record has none
 * @param account gateway/account; empty where the record has none
 * @param paymentKey whom it hurts; empty where the record has no key
 * @param fingerprint equal for failures of one cause
 * @param source the record that failed
 * @param at the dead letter itself
 * @param attempts how often it failed
 * @param firstFailedAt of the first attempt
 * @param lastFailedAt of the newest attempt
 * @param bodyBytes size of the body
 * @param status what people did with it
 */
public record DeadLetter(
        String id,
        String reason,
        String failureClass,
        String stage,
        String eventKey,
        String account,
        String paymentKey,
        String fingerprint,
        Position source,
        Position at,
        int attempts,
        @Nullable Instant firstFailedAt,
        @Nullable Instant lastFailedAt,
        int bodyBytes,
        Status status) {

    /** What people did with a dead letter. */
    public enum Status {
        /** Nothing yet, or it failed again since. */
        OPEN,
        REPLAYED,
        DISCARDED
    }

    /** @param decided what is known to be decided; see {@link DeadLetterDecisions} */
    static DeadLetter of(ConsumerRecord<byte[], byte[]> record, DeadLetterDecisions decided) {
        var header = new HeaderText(record.headers());
        var id = idOf(record);
        var attempts = (int) header.number(Headers.DLQ_ATTEMPTS, 1);
        return new DeadLetter(
                id,
                header.text(Headers.DLQ_REASON, ""),
                header.text(Headers.DLQ_CLASS, ""),
                header.text(Headers.DLQ_STAGE, ""),
                header.text(Headers.CE_ID, ""),
                accountOf(header.text(Headers.CE_SOURCE, "")),
                record.key() == null ? "" : new String(record.key(), UTF_8),
                header.text(Headers.DLQ_FINGERPRINT, ""),
                sourceOf(record),
                Position.of(record),
                attempts,
                header.instant(Headers.DLQ_FIRST_FAILED_AT),
                header.instant(Headers.DLQ_LAST_FAILED_AT),
                Math.max(0, record.serializedValueSize()),
                decided.statusOf(id, attempts));
    }

    /** A dead letter that bears no id is known by where it stands, so that it can be seen and discarded. */
    static String idOf(ConsumerRecord<byte[], byte[]> record) {
        return new HeaderText(record.headers())
                .text(Headers.DLQ_ID, Position.of(record).toString());
    }

    /** Where the failed record stood; an offset of -1 where the headers do not say. */
    public static Position sourceOf(ConsumerRecord<byte[], byte[]> record) {
        var header = new HeaderText(record.headers());
        return new Position(
                header.text(Headers.ERROR_TOPIC, ""),
                (int) header.number(Headers.ERROR_PARTITION, -1),
                header.number(Headers.ERROR_OFFSET, -1));
    }

    private static String accountOf(String ceSource) {
        return ceSource.startsWith("/ipn/") ? ceSource.substring("/ipn/".length()) : ceSource;
    }

    /** When it last failed, as far as known; for ordering. */
    Instant newestFailure() {
        return lastFailedAt == null ? Instant.EPOCH : lastFailedAt;
    }
}
