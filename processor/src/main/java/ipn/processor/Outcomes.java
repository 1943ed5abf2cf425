package ipn.processor;

import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.RawHeader;
import ipn.avro.RecordPosition;
import ipn.avro.SourceRecord;
import ipn.gateway.content.Bytes;
import ipn.processor.payment.Decision;
import ipn.processor.payment.PaymentRules;
import ipn.topics.ByteLimits;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The outcome of a raw record, from the decision about it. */
final class Outcomes {
    private Outcomes() {}

    static Outcome of(RawRecord raw, Decided decided, @Nullable PaymentState after) {
        var decision = decided.decision();
        var item = decision.item();
        var outcome = Outcome.newBuilder()
                .setKind(kind(decision))
                .setPaymentKey(Objects.requireNonNullElse(raw.key(), ""))
                .setEventKey(item.eventKey())
                .setGateway(raw.stored().gateway().orElse(""))
                .setAccount(raw.stored().accountName().orElse(""))
                .setEventType(item.type())
                .setReverification(decided.reverification())
                .setOccurredAt(decision.occurredAt().orElse(null))
                .setReceivedAt(raw.receivedAt().orElse(null))
                .setSource(new RecordPosition(raw.topic(), raw.partition(), raw.offset()));
        if (decision instanceof Decision.Applied applied && after != null) {
            outcome.setPayment(PaymentStates.summary(after));
            if (applied.leftOut() > 0) {
                outcome.setDetail(
                        "facts: %d left out, because the payment has too many of their kinds (expected: at most %d)"
                                .formatted(applied.leftOut(), PaymentRules.FACTS_MAX));
            }
        }
        if (decision instanceof Decision.Unprocessable unprocessable) {
            outcome.setReason(unprocessable.reason().name())
                    .setDetail(detail(raw, unprocessable))
                    .setRaw(source(raw));
        }
        return outcome.build();
    }

    private static String detail(RawRecord raw, Decision.Unprocessable decision) {
        return raw.bytes() <= ByteLimits.WHOLE_RECORD
                ? decision.detail()
                : decision.detail()
                        + "; record: larger than %d bytes (expected: at most that); only its first bytes are kept"
                                .formatted(ByteLimits.WHOLE_RECORD);
    }

    static OutcomeKind kind(Decision decision) {
        if (decision instanceof Decision.Applied) {
            return OutcomeKind.APPLIED;
        }
        if (decision instanceof Decision.Duplicate) {
            return OutcomeKind.DUPLICATE;
        }
        if (decision instanceof Decision.Unchanged) {
            return OutcomeKind.UNCHANGED;
        }
        return decision instanceof Decision.Ignored ? OutcomeKind.IGNORED : OutcomeKind.UNPROCESSABLE;
    }

    /** The raw record byte for byte; of one that is larger than any the ingress stores, the first bytes. */
    private static SourceRecord source(RawRecord raw) {
        var whole = raw.bytes() <= ByteLimits.WHOLE_RECORD;
        return SourceRecord.newBuilder()
                .setKey(buffer(raw.keyBytes(), whole))
                .setValue(buffer(raw.value(), whole))
                .setSha256(whole ? null : raw.valueSha256())
                .setTimestamp(raw.timestamp())
                .setHeaders(whole ? headers(raw) : List.of())
                .build();
    }

    private static @Nullable ByteBuffer buffer(@Nullable Bytes bytes, boolean whole) {
        if (bytes == null) {
            return null;
        }
        return whole || bytes.size() <= ByteLimits.EXCERPT
                ? bytes.buffer()
                : ByteBuffer.wrap(bytes.array(), 0, ByteLimits.EXCERPT).slice();
    }

    private static List<RawHeader> headers(RawRecord raw) {
        return raw.stored().headers().stream()
                .map(header -> new RawHeader(
                        header.getKey(), header.getValue() == null ? null : ByteBuffer.wrap(header.getValue())))
                .toList();
    }
}
