package ipn.projector;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.RawHeader;
import ipn.avro.RecordPosition;
import ipn.avro.SourceRecord;
import ipn.projector.deadletter.DeadLetter;
import ipn.projector.deadletter.Failure;
import ipn.topics.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterTest extends WithProjection {
    private static final byte[] KEY = {0, (byte) 0xc3, 0x28};
    private static final byte[] BODY = "{\"amount\":\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void leaves_byte_for_byte_as_it_was_with_why_it_failed() {
        var letter = bury(
                new RawHeader("http.sig", bytes("a")),
                new RawHeader("http.sig", null),
                new RawHeader("ce_id", bytes("evt")));

        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(letter.value()).isEqualTo(BODY);
        var headers = letter.headers().toArray();
        assertThat(Arrays.stream(headers).limit(3))
                .extracting(Header::key)
                .containsExactly("http.sig", "http.sig", "ce_id");
        assertThat(headers[1].value()).isNull();
        assertThat(text(letter, "__streams.errors.topic")).contains("ipn.raw");
        assertThat(text(letter, "__streams.errors.partition")).contains("3");
        assertThat(text(letter, "__streams.errors.offset")).contains("1");
        assertThat(text(letter, "__streams.errors.message")).contains("/amount: not a number");
        assertThat(text(letter, "ipn.dlq.id")).contains("ipn.raw-3-1");
        assertThat(text(letter, "ipn.dlq.reason")).contains("INVALID_AMOUNT");
        assertThat(text(letter, "ipn.dlq.class")).contains("permanent");
        assertThat(text(letter, "ipn.dlq.stage")).contains("processor");
        assertThat(text(letter, "ipn.dlq.attempts")).contains("1");
        assertThat(text(letter, "ipn.dlq.first-failed-at")).contains(Projection.NOON.toString());
        assertThat(Stream.of("fingerprint", "last-failed-at", "app-version")
                        .map(name -> text(letter, "ipn.dlq." + name)))
                .allMatch(Optional::isPresent);
    }

    @Test
    void on_a_later_hop_keeps_its_id_and_first_failure_and_replaces_the_rest() {
        var letter = bury(
                new RawHeader("ipn.dlq.id", bytes("ipn.raw-5-77")),
                new RawHeader("ipn.dlq.attempts", bytes("2")),
                new RawHeader("ipn.dlq.first-failed-at", bytes("2026-08-01T00:00:00Z")),
                new RawHeader("ipn.dlq.reason", bytes("MALFORMED")),
                new RawHeader("ipn.replay-id", bytes("r-1")),
                new RawHeader("__streams.errors.offset", bytes("77")));

        assertThat(text(letter, "ipn.dlq.id")).contains("ipn.raw-5-77");
        assertThat(text(letter, "ipn.dlq.attempts")).contains("2");
        assertThat(text(letter, "ipn.dlq.first-failed-at")).contains("2026-08-01T00:00:00Z");
        assertThat(text(letter, "ipn.dlq.last-failed-at")).contains(Projection.NOON.toString());
        assertThat(text(letter, "ipn.dlq.reason")).contains("INVALID_AMOUNT");
        assertThat(text(letter, "ipn.dlq.replay-id")).contains("r-1");
        assertThat(text(letter, "__streams.errors.offset")).contains("1");
        assertThat(Arrays.stream(letter.headers().toArray()).map(Header::key)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "'',            2,  2026-08-01T00:00:00Z",
        "another-5-77,  2,  2026-08-01T00:00:00Z",
        "ipn.raw-5-x,   2,  2026-08-01T00:00:00Z",
        "ipn.raw-5-77,  -1, 2026-08-01T00:00:00Z",
        "ipn.raw-5-77,  x,  2026-08-01T00:00:00Z",
        "ipn.raw-5-77,  2,  yesterday",
    })
    void headers_that_no_redrive_writes_are_not_believed(String id, String attempts, String at) {
        var letter = bury(
                new RawHeader("ipn.dlq.id", bytes(id)),
                new RawHeader("ipn.dlq.attempts", bytes(attempts)),
                new RawHeader("ipn.dlq.first-failed-at", bytes(at)));

        assertThat(text(letter, "ipn.dlq.id")).contains("ipn.raw-3-1");
        assertThat(text(letter, "ipn.dlq.attempts")).contains("1");
        assertThat(text(letter, "ipn.dlq.first-failed-at")).contains(Projection.NOON.toString());
    }

    @Test
    void goes_to_the_partition_of_its_source() {
        var failure = new Failure(
                "projector",
                Reason.MALFORMED,
                Optional.empty(),
                "order",
                new RecordPosition("ipn.orders", 3, 7L),
                Projection.NOON);
        var source = SourceRecord.newBuilder()
                .setTimestamp(Projection.NOON)
                .setHeaders(List.of())
                .build();
        var letter = DeadLetter.emit(failure, source, 0).value();

        assertThat(DeadLetter.AS_SOURCE.partitions("ipn.dlq", letter, letter, 8))
                .contains(Set.of(3));
        assertThat(DeadLetter.AS_SOURCE.partitions("ipn.dlq", letter, letter, 2))
                .contains(Set.of(1));
    }

    @Test
    void is_made_of_unprocessable_outcomes_only() {
        projection.outcome(
                projection.outcome(OutcomeKind.IGNORED, "stripe/main/pi_1").build());
        assertThat(projection.deadLetters().isEmpty()).isTrue();
    }

    @Test
    void is_counted_by_reason() {
        bury();
        bury();
        projection.wrote("o_1", "no order".getBytes(StandardCharsets.UTF_8));
        assertThat(projection.counted("ipn.projector.dead.letters", "reason", "INVALID_AMOUNT"))
                .isEqualTo(2);
        assertThat(projection.counted("ipn.projector.dead.letters", "reason", "MALFORMED"))
                .isEqualTo(1);
        assertThat(projection.counted("ipn.projector.dead.letters")).isEqualTo(3);
    }

    @Test
    void of_one_cause_share_a_fingerprint() {
        var first = text(bury(), "ipn.dlq.fingerprint");
        assertThat(text(bury(), "ipn.dlq.fingerprint")).isEqualTo(first);
    }

    private TestRecord<byte[], byte[]> bury(RawHeader... headers) {
        var raw = SourceRecord.newBuilder()
                .setKey(ByteBuffer.wrap(KEY))
                .setValue(ByteBuffer.wrap(BODY))
                .setTimestamp(Projection.NOON)
                .setHeaders(List.of(headers))
                .build();
        Outcome outcome = projection
                .outcome(OutcomeKind.UNPROCESSABLE, "stripe/main/pi_1")
                .setReason("INVALID_AMOUNT")
                .setDetail("/amount: not a number")
                .setRaw(raw)
                .build();
        projection.outcome(outcome);
        return projection.deadLetters().readRecord();
    }

    /** The only value of a header. */
    private static Optional<String> text(TestRecord<byte[], byte[]> letter, String name) {
        return Arrays.stream(letter.headers().toArray())
                .filter(header -> header.key().equals(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .reduce((a, b) -> a + " and " + b);
    }

    private static ByteBuffer bytes(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }
}
