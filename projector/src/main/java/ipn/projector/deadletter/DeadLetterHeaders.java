package ipn.projector.deadletter;

import ipn.avro.Outcome;
import ipn.avro.RawHeader;
import ipn.avro.SourceRecord;
import ipn.topics.AppVersion;
import ipn.topics.Headers;
import ipn.topics.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a dead letter: those of its source byte for byte, then the six of KIP-1034 and ours. On a later hop they
 * are replaced, never appended; id and first failure are those of the first.
 */
final class DeadLetterHeaders {
    private static final int FINGERPRINT_BYTES = 8;

    private DeadLetterHeaders() {}

    /** @param stage that could not process it */
    static RecordHeaders of(String stage, Outcome outcome, SourceRecord raw, Instant failedAt) {
        var headers = new RecordHeaders();
        raw.getHeaders().stream()
                .filter(header -> !Headers.isOfHop(header.getName()))
                .forEach(header -> headers.add(header.getName(), bytes(header.getValue())));
        var source = outcome.getSource();
        var reason = reason(outcome);
        var position = "%s-%s-%s"
                .formatted(
                        source.getTopic(), Integer.toString(source.getPartition()), Long.toString(source.getOffset()));
        var first = text(raw, Headers.DLQ_FIRST_FAILED_AT);

        add(headers, Headers.ERROR_EXCEPTION, "ipn." + reason.name());
        add(headers, Headers.ERROR_MESSAGE, Objects.requireNonNullElse(outcome.getDetail(), reason.meaning()));
        add(headers, Headers.ERROR_STACKTRACE, "");
        add(headers, Headers.ERROR_TOPIC, source.getTopic());
        add(headers, Headers.ERROR_PARTITION, Integer.toString(source.getPartition()));
        add(headers, Headers.ERROR_OFFSET, Long.toString(source.getOffset()));

        add(headers, Headers.DLQ_ID, text(raw, Headers.DLQ_ID).orElse(position));
        add(headers, Headers.DLQ_REASON, reason.name());
        add(headers, Headers.DLQ_STAGE, stage);
        add(headers, Headers.DLQ_CLASS, reason.failureClass().code());
        add(headers, Headers.DLQ_FINGERPRINT, fingerprint(stage, outcome, reason));
        add(headers, Headers.DLQ_ATTEMPTS, text(raw, Headers.DLQ_ATTEMPTS).orElse("1"));
        add(headers, Headers.DLQ_FIRST_FAILED_AT, first.orElse(failedAt.toString()));
        add(headers, Headers.DLQ_LAST_FAILED_AT, failedAt.toString());
        add(headers, Headers.DLQ_APP_VERSION, AppVersion.current());
        text(raw, Headers.REPLAY_ID).ifPresent(replay -> add(headers, Headers.DLQ_REPLAY_ID, replay));
        return headers;
    }

    /** A code of a newer processor that this build does not know is shown as a bug of ours. */
    private static Reason reason(Outcome outcome) {
        try {
            return Reason.valueOf(Objects.requireNonNullElse(outcome.getReason(), ""));
        } catch (IllegalArgumentException e) {
            return Reason.INTERNAL_ERROR;
        }
    }

    /** Equal for failures that have one cause: same stage, reason, gateway, account, event type and place. */
    private static String fingerprint(String stage, Outcome outcome, Reason reason) {
        var cause = String.join(
                "\n",
                stage,
                reason.name(),
                outcome.getGateway(),
                outcome.getAccount(),
                outcome.getEventType(),
                Objects.requireNonNullElse(outcome.getDetail(), ""));
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(cause.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Optional<String> text(SourceRecord raw, String name) {
        return raw.getHeaders().stream()
                .filter(header -> header.getName().equals(name))
                .map(RawHeader::getValue)
                .filter(Objects::nonNull)
                .map(value -> StandardCharsets.UTF_8.decode(value.duplicate()).toString())
                .reduce((earlier, later) -> later);
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        var copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }
}
