package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.operations.topic.HeaderText;
import ipn.operations.topic.Position;
import ipn.topics.Headers;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One dead letter without its body.
 *
 * @param id the same in all replays
 * @param reason code of {@link ipn.topics.Reason}
 * @param failureClass transient, permanent or policy
 * @param stage the stage that failed
 * @param message what is wrong, down to the field; empty if the failure was reported by a program that is not ours, whose messages may
 *     contain personal data
 * @param eventKey gateway/account/event id; empty if the record has none
 * @param eventType type of the event; empty if the record has none
 * @param account gateway/account; empty if the record has none
 * @param paymentKey key of the record; empty if it has none
 * @param fingerprint equal for failures with the same cause
 * @param source position of the record that failed
 * @param at position of the dead letter
 * @param attempts how often it failed
 * @param firstFailedAt time of the first failure
 * @param lastFailedAt time of the newest failure
 * @param bodyBytes size of the body
 * @param status what was decided about it
 */
public record DeadLetter(
        String id,
        String reason,
        String failureClass,
        String stage,
        String message,
        String eventKey,
        String eventType,
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

    /** What was decided about a dead letter. */
    public enum Status {
        /** Nothing was decided, or it failed again after the decision. */
        OPEN,
        REPLAYED,
        DISCARDED,
        /** A redrive with a largest number of attempts left it out for good, because it had failed that often. */
        PARKED
    }

    /** @param decided all decisions */
    static DeadLetter of(ConsumerRecord<byte[], byte[]> record, DeadLetterDecisions decided) {
        var header = new HeaderText(record.headers());
        var failure = RecordedFailure.of(record);
        var id = idOf(record);
        var attempts = (int) header.number(Headers.DLQ_ATTEMPTS, 1);
        return new DeadLetter(
                id,
                header.text(Headers.DLQ_REASON, ""),
                header.text(Headers.DLQ_CLASS, ""),
                failure.stage(),
                failure.message(),
                header.text(Headers.CE_ID, ""),
                header.text(Headers.CE_TYPE, ""),
                accountOf(header.text(Headers.CE_SOURCE, "")),
                record.key() == null ? "" : new String(record.key(), UTF_8),
                failure.fingerprint(),
                failure.source(),
                Position.of(record),
                attempts,
                header.instant(Headers.DLQ_FIRST_FAILED_AT),
                failure.lastFailedAt(),
                Math.max(0, record.serializedValueSize()),
                decided.statusOf(id, attempts));
    }

    /** As if nothing had been decided about it. */
    public static DeadLetter undecided(ConsumerRecord<byte[], byte[]> record) {
        return of(record, new DeadLetterDecisions());
    }

    /** The id; for a dead letter without an id its position, so that it can be shown and discarded. */
    static String idOf(ConsumerRecord<byte[], byte[]> record) {
        return new HeaderText(record.headers())
                .text(Headers.DLQ_ID, Position.of(record).toString());
    }

    /** Position of the record that failed; offset -1 if the headers do not contain it. */
    public static Position sourceOf(ConsumerRecord<byte[], byte[]> record) {
        return RecordedFailure.of(record).source();
    }

    /** Whether this pipeline has written it. Kafka Connect, Spring and others may write theirs to the same topic. */
    public static boolean isOurs(ConsumerRecord<byte[], byte[]> record) {
        return new HeaderText(record.headers()).text(Headers.DLQ_REASON) != null;
    }

    private static String accountOf(String ceSource) {
        return ceSource.startsWith("/ipn/") ? ceSource.substring("/ipn/".length()) : ceSource;
    }

    /** Name of its gateway; empty if the record names none. */
    public String gateway() {
        var end = account.indexOf('/');
        return end < 0 ? account : account.substring(0, end);
    }

    /** Time of the newest failure; the epoch if unknown. */
    Instant newestFailure() {
        return lastFailedAt == null ? Instant.EPOCH : lastFailedAt;
    }
}
