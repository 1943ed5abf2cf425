package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.topics.Headers;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Makes the record of a replay from a dead letter. */
final class ReplayedRecord {

    private ReplayedRecord() {}

    /**
     * The original record, byte for byte, with its dead-letter id, the number of attempts, the time of the first failure and the id of
     * the redrive as headers. Headers of earlier failures are removed.
     *
     * @param partitions number of partitions of the source topic
     */
    static ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> dead, DeadLetter letter, String replayId, int partitions) {
        var headers = new RecordHeaders();
        for (var header : dead.headers()) {
            if (!Headers.isOfHop(header.key())) {
                headers.add(header);
            }
        }
        addHop(headers, dead, letter, replayId);
        return new ProducerRecord<>(
                letter.source().topic(), partition(letter, dead, partitions), dead.key(), dead.value(), headers);
    }

    /** The headers that a redrive adds. */
    static void addHop(
            org.apache.kafka.common.header.Headers headers,
            ConsumerRecord<byte[], byte[]> dead,
            DeadLetter letter,
            String replayId) {
        headers.add(Headers.DLQ_ID, letter.id().getBytes(UTF_8));
        headers.add(
                Headers.DLQ_ATTEMPTS, Integer.toString(letter.attempts() + 1).getBytes(UTF_8));
        var firstFailedAt = dead.headers().lastHeader(Headers.DLQ_FIRST_FAILED_AT);
        if (firstFailedAt != null) {
            headers.add(firstFailedAt);
        }
        headers.add(Headers.REPLAY_ID, replayId.getBytes(UTF_8));
    }

    /** Null: the key decides, as it did at first. A record without a key returns to its partition. */
    private static @Nullable Integer partition(DeadLetter letter, ConsumerRecord<byte[], byte[]> dead, int partitions) {
        return dead.key() == null ? (Integer) Math.floorMod(letter.source().partition(), partitions) : null;
    }
}
