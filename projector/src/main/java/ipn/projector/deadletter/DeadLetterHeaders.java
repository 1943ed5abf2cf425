package ipn.projector.deadletter;

import ipn.avro.RawHeader;
import ipn.avro.SourceRecord;
import ipn.topics.AppVersion;
import ipn.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of a dead letter: those of its source byte for byte, then the six of KIP-1034 and ours. On a later hop they
 * are replaced, never appended; id and first failure are those of the first.
 */
final class DeadLetterHeaders {
    private DeadLetterHeaders() {}

    static RecordHeaders build(Failure failure, SourceRecord raw) {
        var headers = new RecordHeaders();
        raw.getHeaders().stream()
                .filter(header -> !Headers.isOfHop(header.getName()))
                .forEach(header -> headers.add(header.getName(), ByteBuffers.bytes(header.getValue())));
        addStandard(headers, failure);
        addOurs(headers, failure, raw);
        return headers;
    }

    /** The six headers of KIP-1034. */
    private static void addStandard(RecordHeaders headers, Failure failure) {
        var source = failure.source();
        add(headers, Headers.ERROR_EXCEPTION, "ipn." + failure.reason().name());
        add(
                headers,
                Headers.ERROR_MESSAGE,
                failure.detail().orElse(failure.reason().meaning()));
        add(headers, Headers.ERROR_STACKTRACE, "");
        add(headers, Headers.ERROR_TOPIC, source.getTopic());
        add(headers, Headers.ERROR_PARTITION, Integer.toString(source.getPartition()));
        add(headers, Headers.ERROR_OFFSET, Long.toString(source.getOffset()));
    }

    private static void addOurs(RecordHeaders headers, Failure failure, SourceRecord raw) {
        var failedAt = failure.at().toString();
        var first = firstFailure(failure, raw);
        add(headers, Headers.DLQ_ID, first.map(FirstFailure::id).orElseGet(failure::position));
        add(headers, Headers.DLQ_REASON, failure.reason().name());
        add(headers, Headers.DLQ_STAGE, failure.stage());
        add(headers, Headers.DLQ_CLASS, failure.reason().failureClass().code());
        add(headers, Headers.DLQ_FINGERPRINT, failure.fingerprint());
        add(headers, Headers.DLQ_ATTEMPTS, first.map(FirstFailure::attempts).orElse("1"));
        add(headers, Headers.DLQ_FIRST_FAILED_AT, first.map(FirstFailure::at).orElse(failedAt));
        add(headers, Headers.DLQ_LAST_FAILED_AT, failedAt);
        add(headers, Headers.DLQ_APP_VERSION, AppVersion.current());
        Optional.ofNullable(raw.getSha256()).ifPresent(sha256 -> add(headers, Headers.DLQ_TRUNCATED, sha256));
        text(raw, Headers.REPLAY_ID).ifPresent(replay -> add(headers, Headers.DLQ_REPLAY_ID, replay));
    }

    /** What a redrive wrote into the headers of the record that it replays. */
    private record FirstFailure(String id, String attempts, String at) {}

    /** Empty unless all of it is as a redrive writes it: other headers could give two dead letters one id, or none. */
    private static Optional<FirstFailure> firstFailure(Failure failure, SourceRecord raw) {
        var id = text(raw, Headers.DLQ_ID).filter(failure::isIdOfSource);
        var attempts = text(raw, Headers.DLQ_ATTEMPTS).filter(text -> text.matches("[1-9][0-9]{0,8}"));
        var at = text(raw, Headers.DLQ_FIRST_FAILED_AT).filter(DeadLetterHeaders::isInstant);
        return id.isPresent() && attempts.isPresent() && at.isPresent()
                ? Optional.of(new FirstFailure(id.get(), attempts.get(), at.get()))
                : Optional.empty();
    }

    private static boolean isInstant(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
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
}
