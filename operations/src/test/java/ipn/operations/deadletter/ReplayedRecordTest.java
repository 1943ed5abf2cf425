package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.topics.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ReplayedRecordTest {
    private static final byte[] BODY = {0, (byte) 0xff, 10, 13, (byte) 0xc3};

    @Test
    void the_record_is_as_it_was_and_four_headers_travel_with_it() {
        var replayed = replay(fail(raw("stripe/main/pi_1"), 1), "r-1");

        assertThat(replayed.topic()).isEqualTo("ipn.raw");
        assertThat(replayed.key()).isEqualTo("stripe/main/pi_1".getBytes(UTF_8));
        assertThat(replayed.value()).isEqualTo(BODY);
        assertThat(headers(replayed))
                .containsExactly(
                        "ce_id=stripe/main/evt_1",
                        "http.x=1",
                        "http.x=2",
                        "http.empty=",
                        "http.null=null",
                        "http.bytes=\u00ff\u0000",
                        "ipn.dlq.id=d1",
                        "ipn.dlq.attempts=2",
                        "ipn.dlq.first-failed-at=2026-03-01T10:00:00Z",
                        "ipn.replay-id=r-1");
    }

    @Test
    void headers_do_not_pile_up_over_replays() {
        var once = replay(fail(raw("stripe/main/pi_1"), 1), "r-1");
        var twice = replay(fail(consumed(once), 2), "r-2");

        assertThat(headers(twice)).hasSameSizeAs(headers(once));
        assertThat(headers(twice)).contains("ipn.dlq.attempts=3", "ipn.replay-id=r-2", "ipn.dlq.id=d1");
        assertThat(headers(twice).subList(0, 6)).isEqualTo(headers(once).subList(0, 6));
    }

    @Test
    void a_key_decides_the_partition_again_and_no_key_means_the_same_partition() {
        assertThat(replay(fail(raw("stripe/main/pi_1"), 1), "r").partition()).isNull();
        assertThat(replay(fail(raw(null), 1), "r").partition()).isEqualTo(3);
    }

    @Test
    void without_a_key_and_with_fewer_partitions_than_before_it_goes_to_one_that_exists() {
        var dead = fail(raw(null), 1);
        var letter = DeadLetter.of(dead, new DeadLetterDecisions());
        assertThat(ReplayedRecord.of(dead, letter, "r", 2).partition()).isEqualTo(1);
    }

    private static ProducerRecord<byte[], byte[]> replay(ConsumerRecord<byte[], byte[]> dead, String replayId) {
        return ReplayedRecord.of(dead, DeadLetter.of(dead, new DeadLetterDecisions()), replayId, 8);
    }

    private static ConsumerRecord<byte[], byte[]> fail(ConsumerRecord<byte[], byte[]> raw, int attempts) {
        return consumed(TestDeadLetters.deadLetter(
                "ipn.dlq", raw, TestDeadLetters.Failure.of("d1").attempts(attempts)));
    }

    private static ConsumerRecord<byte[], byte[]> raw(String key) {
        var headers = new RecordHeaders();
        headers.add(Headers.CE_ID, "stripe/main/evt_1".getBytes(UTF_8));
        headers.add("http.x", "1".getBytes(UTF_8));
        headers.add("http.x", "2".getBytes(UTF_8));
        headers.add("http.empty", new byte[0]);
        headers.add("http.null", null);
        headers.add("http.bytes", new byte[] {(byte) 0xff, 0});
        var bytes = key == null ? null : key.getBytes(UTF_8);
        return consumed(new ProducerRecord<>("ipn.raw", 3, bytes, BODY, headers));
    }

    private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> sent) {
        var partition = sent.partition() == null ? 3 : sent.partition();
        return new ConsumerRecord<>(
                sent.topic(),
                partition,
                17,
                0,
                TimestampType.CREATE_TIME,
                0,
                sent.value().length,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }

    private static List<String> headers(ProducerRecord<byte[], byte[]> record) {
        return new ArrayList<>(StreamSupport.stream(record.headers().spliterator(), false)
                .map(TestDeadLetters::shown)
                .toList());
    }
}
