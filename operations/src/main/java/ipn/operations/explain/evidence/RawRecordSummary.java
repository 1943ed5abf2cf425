package ipn.operations.explain.evidence;

import ipn.operations.topic.HeaderText;
import ipn.topics.Headers;
import ipn.topics.RecordTrace;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a raw record that explanations show, and the size of its body.
 *
 * @param eventKey gateway/account/event id
 * @param type the gateway's name for the event
 * @param verifiedBy scheme and id of the key that verified it; empty if the header is missing
 * @param receivedAt by the clock of the ingress
 * @param bodyBytes size of the body
 * @param traceId of the trace to which its processing belongs; empty if the header is missing
 */
public record RawRecordSummary(
        String eventKey,
        String type,
        String verifiedBy,
        @Nullable Instant receivedAt,
        int bodyBytes,
        String traceId) {
    public static RawRecordSummary of(ConsumerRecord<byte[], byte[]> record) {
        var header = new HeaderText(record.headers());
        return new RawRecordSummary(
                header.text(Headers.CE_ID, ""),
                header.text(Headers.CE_TYPE, ""),
                header.text(Headers.VERIFIED_BY, ""),
                header.instant(Headers.RECEIVED_AT),
                Math.max(0, record.serializedValueSize()),
                traceId(record));
    }

    private static String traceId(ConsumerRecord<byte[], byte[]> record) {
        if (record.headers().lastHeader(Headers.TRACEPARENT) == null) {
            return "";
        }
        return RecordTrace.of(record.headers(), record.topic(), record.partition(), record.offset(), record.timestamp())
                .context()
                .traceId();
    }
}
