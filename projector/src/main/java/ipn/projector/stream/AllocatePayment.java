package ipn.projector.stream;

import ipn.avro.Cause;
import ipn.avro.Outcome;
import ipn.avro.PaymentState;
import ipn.avro.PaymentAllocation;
import ipn.avro.Allocation;
import ipn.projector.allocation.PaymentAllocator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Remembers each payment and what pays for it, and tells what follows: to other payments, to its subject, to the books, to whoever
 * looks after discrepancies. Two nodes share it: one for a payment's own state, one for what others say to it.
 */
abstract class AllocatePayment<V> extends ContextualProcessor<String, V, String, Object> {
    static final String STORE = "settled-payments";
    static final String TO_SETTLEMENTS = "settlements-out";
    static final String TO_CLAIMS = "claims-out";
    static final String TO_DISCREPANCIES = "discrepancies-out";
    static final String TO_LEDGER = "ledger-out";

    static final PaymentAllocation NOTHING = PaymentAllocation.newBuilder()
            .setPaidBy(Map.of())
            .setPays(List.of())
            .setClaims(List.of())
            .build();

    private final PaymentAllocator settling;
    private @Nullable KeyValueStore<String, PaymentAllocation> settled;

    AllocatePayment(PaymentAllocator settling) {
        this.settling = settling;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        settled = context.getStateStore(STORE);
    }

    PaymentAllocator settling() {
        return settling;
    }

    PaymentAllocation known(String paymentKey) {
        return Objects.requireNonNullElse(Objects.requireNonNull(settled).get(paymentKey), NOTHING);
    }

    void write(String paymentKey, PaymentAllocator.Step step, long timestamp) {
        Objects.requireNonNull(settled).put(paymentKey, step.after());
        var headers = new RecordHeaders();
        step.settlements()
                .forEach(each ->
                        context().forward(new Record<>(each.getTo(), each, timestamp, headers), TO_SETTLEMENTS));
        step.claims()
                .forEach(each ->
                        context().forward(new Record<>(each.getSubject(), each, timestamp, headers), TO_CLAIMS));
        step.discrepancies()
                .forEach(each -> context()
                        .forward(
                                new Record<>(
                                        Objects.requireNonNullElse(each.getOrder(), each.getPaymentKey()),
                                        each,
                                        timestamp,
                                        headers),
                                TO_DISCREPANCIES));
        step.ledger()
                .forEach(each ->
                        context().forward(new Record<>(each.getPaymentKey(), each, timestamp, headers), TO_LEDGER));
    }

    /** A payment's own state, as the processor published it. */
    static final class Own extends AllocatePayment<Outcome> {
        Own(PaymentAllocator settling) {
            super(settling);
        }

        @Override
        public void process(Record<String, Outcome> record) {
            PaymentState payment = record.value().getPayment();
            if (payment == null) {
                return;
            }
            var source = record.value().getSource();
            var cause = new Cause(
                    record.value().getEventKey(), source.getTopic(), source.getPartition(), source.getOffset(), false);
            write(
                    payment.getPaymentKey(),
                    settling().own(known(payment.getPaymentKey()), payment, cause),
                    record.timestamp());
        }
    }

    /** What another payment says to this one. */
    static final class Told extends AllocatePayment<Allocation> {
        Told(PaymentAllocator settling) {
            super(settling);
        }

        @Override
        public void process(Record<String, Allocation> record) {
            var settlement = record.value();
            if (settlement.getToOrder()) {
                return;
            }
            write(settlement.getTo(), settling().told(known(settlement.getTo()), settlement), record.timestamp());
        }
    }
}
