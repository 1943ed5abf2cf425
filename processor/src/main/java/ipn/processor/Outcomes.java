package ipn.processor;

import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.PaymentState;
import ipn.avro.RawHeader;
import ipn.avro.RecordPosition;
import ipn.avro.SourceRecord;
import ipn.gateway.content.Bytes;
import ipn.processor.payment.Decision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outcome of a raw record, from the decision about it. */
final class Outcomes {
    private Outcomes() {}

    static Outcome of(RawRecord raw, Decision decision, @Nullable PaymentState after) {
        var item = decision.item();
        var outcome = Outcome.newBuilder()
                .setKind(kind(decision))
                .setPaymentKey(Objects.requireNonNullElse(raw.key(), ""))
                .setEventKey(item.eventKey())
                .setGateway(raw.stored().gateway().orElse(""))
                .setAccount(raw.stored().accountName().orElse(""))
                .setEventType(item.type())
                .setOccurredAt(decision.occurredAt().orElse(null))
                .setReceivedAt(raw.receivedAt().orElse(null))
                .setSource(new RecordPosition(raw.topic(), raw.partition(), raw.offset()));
        if (decision instanceof Decision.Applied && after != null) {
            outcome.setPayment(PaymentStates.summary(after));
        }
        if (decision instanceof Decision.Unprocessable unprocessable) {
            outcome.setReason(unprocessable.reason().name())
                    .setDetail(unprocessable.detail())
                    .setRaw(whole(raw));
        }
        return outcome.build();
    }

    private static OutcomeKind kind(Decision decision) {
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

    private static SourceRecord whole(RawRecord raw) {
        return SourceRecord.newBuilder()
                .setKey(Optional.ofNullable(raw.key())
                        .map(key -> ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)))
                        .orElse(null))
                .setValue(Optional.ofNullable(raw.value()).map(Bytes::buffer).orElse(null))
                .setTimestamp(raw.timestamp())
                .setHeaders(raw.stored().headers().stream()
                        .map(header -> new RawHeader(
                                header.getKey(), header.getValue() == null ? null : ByteBuffer.wrap(header.getValue())))
                        .toList())
                .build();
    }
}
