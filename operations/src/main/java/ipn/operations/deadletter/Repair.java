package ipn.operations.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import ipn.operations.Operator;
import ipn.seal.Sealer;
import ipn.topics.ByteLimits;
import ipn.topics.Headers;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes the raw record of a repaired dead letter: the repaired body, the original one as a header, who repaired it and why, sealed by our tools.
 * The processor verifies the signature of the gateway over the original body.
 *
 * @param body the repaired one
 * @param item what the repaired body is about: its keys may differ from those of a body that could not be read
 */
public record Repair(Bytes body, Item item, Operator who, Instant at, Sealer sealer) implements RedriveRun.RecordMaker {
    private static final Set<String> REPLACED = Set.of(
            Headers.SEAL,
            Headers.CE_ID,
            Headers.CE_TYPE,
            Headers.REPAIRED_BY,
            Headers.REPAIRED_WHY,
            Headers.REPAIRED_AT);

    @Override
    public ProducerRecord<byte[], byte[]> make(
            ConsumerRecord<byte[], byte[]> dead, DeadLetter letter, String replayId, int partitions) {
        var headers = new RecordHeaders();
        for (var header : dead.headers()) {
            if (!Headers.isOfHop(header.key()) && !REPLACED.contains(header.key())) {
                headers.add(header);
            }
        }
        headers.add(Headers.CE_ID, item.eventKey().getBytes(UTF_8));
        headers.add(Headers.CE_TYPE, item.type().getBytes(UTF_8));
        if (headers.lastHeader(Headers.REPAIRED_ORIGINAL) == null) {
            headers.add(Headers.REPAIRED_ORIGINAL, dead.value());
        }
        headers.add(Headers.REPAIRED_BY, who.by().getBytes(UTF_8));
        headers.add(
                Headers.REPAIRED_WHY, who.requireReason().why().orElseThrow().getBytes(UTF_8));
        headers.add(Headers.REPAIRED_AT, at.toString().getBytes(UTF_8));
        var record = new ProducerRecord<>(
                letter.source().topic(), null, item.paymentKey().getBytes(UTF_8), body.array(), headers);
        sealer.seal(record);
        ReplayedRecord.addHop(record.headers(), dead, letter, replayId);
        return record;
    }

    /** Whether the record with both bodies is too large to be processed whole. */
    public static boolean isTooLarge(Bytes body, byte[] original) {
        return (long) body.size() + original.length > ByteLimits.WHOLE_RECORD / 2;
    }

    @Override
    public String toString() {
        return "Repair[" + item.eventKey() + "]";
    }
}
