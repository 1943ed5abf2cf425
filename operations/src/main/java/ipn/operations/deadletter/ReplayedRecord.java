package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.topics.Headers;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Turns a dead letter back into the record that failed. */
final class ReplayedRecord {

    private ReplayedRecord() {}

    /**
     * The record as it was, byte for byte, and what must travel with it: its dead-letter id, how often it will have
     * been tried, when it first failed, and which redrive this is. Headers of earlier failures do not pile up.
     *
     * @param partitions of the source topic
     */
    static ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> dead, DeadLetter letter, String replayId, int partitions) {
        var headers = new RecordHeaders();
        for (var header : dead.headers()) {
            if (!Headers.isOfHop(header.key())) {
                headers.add(header);
            }
        }
        headers.add(Headers.DLQ_ID, letter.id().getBytes(UTF_8));
        headers.add(
                Headers.DLQ_ATTEMPTS, Integer.toString(letter.attempts() + 1).getBytes(UTF_8));
        var firstFailedAt = dead.headers().lastHeader(Headers.DLQ_FIRST_FAILED_AT);
        if (firstFailedAt != null) {
            headers.add(firstFailedAt);
        }
        headers.add(Headers.REPLAY_ID, replayId.getBytes(UTF_8));
        return new ProducerRecord<>(
                letter.source().topic(), partition(letter, dead, partitions), dead.key(), dead.value(), headers);
    }

    /** The key decides, as it did the first time; without one the record goes back to where it stood. */
    private static @Nullable Integer partition(DeadLetter letter, ConsumerRecord<byte[], byte[]> dead, int partitions) {
        return dead.key() == null ? (Integer) Math.floorMod(letter.source().partition(), partitions) : null;
    }
}
