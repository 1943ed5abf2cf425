package ipn.operations.conservation;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.Outcome;
import ipn.topics.Headers;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The keys that a raw record and its outcome share. */
final class RecordKeys {
    /** Stands for a key that a record does not have. */
    private static final byte[] NOTHING = {};

    private RecordKeys() {}

    static PairChecksum.Keys of(ConsumerRecord<byte[], byte[]> raw) {
        var eventKey = raw.headers().lastHeader(Headers.CE_ID);
        return PairChecksum.Keys.hash(asText(raw.key()), asText(eventKey == null ? null : eventKey.value()));
    }

    static PairChecksum.Keys of(Outcome outcome) {
        return PairChecksum.Keys.hash(
                outcome.getPaymentKey().getBytes(UTF_8), outcome.getEventKey().getBytes(UTF_8));
    }

    /** Outcomes contain keys as text. The same conversion here makes malformed bytes and a missing key equal on both sides. */
    private static byte[] asText(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : new String(bytes, UTF_8).getBytes(UTF_8);
    }
}
