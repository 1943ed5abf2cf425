package ipn.projector.stream;

import ipn.avro.Allocation;
import ipn.avro.Claim;
import ipn.avro.Discrepancy;
import ipn.avro.LedgerEntry;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Emits what the allocation of money leads to. What accounts in mode shadow lead to is marked, its discrepancies have a topic of their own,
 * and it is not booked.
 */
record SideEmitter(ProcessorContext<String, Object> context, Side side, ProjectorMeters meters) {
    void emit(
            List<Allocation> allocations,
            List<Claim> claims,
            List<Discrepancy> discrepancies,
            List<LedgerEntry> ledger,
            long timestamp) {
        allocations.forEach(each -> emit(each.getTo(), marked(each), timestamp, AllocatePayment.TO_ALLOCATIONS));
        claims.forEach(each -> emit(each.getSubject(), marked(each), timestamp, AllocatePayment.TO_CLAIMS));
        discrepancies.forEach(each -> emit(key(each), each, timestamp, side.discrepancies()));
        if (!side.shadow()) {
            discrepancies.forEach(each -> meters.discrepancy(each.getKind(), each.getState()));
            ledger.forEach(each -> emit(
                    Objects.requireNonNullElse(each.getOrder(), each.getPaymentKey()),
                    each,
                    timestamp,
                    AllocatePayment.TO_LEDGER));
        }
    }

    private Allocation marked(Allocation message) {
        return side.shadow() ? Allocation.newBuilder(message).setShadow(true).build() : message;
    }

    private Claim marked(Claim claim) {
        return side.shadow() ? Claim.newBuilder(claim).setShadow(true).build() : claim;
    }

    /** In shadow the newest of each discrepancy is kept. */
    private String key(Discrepancy discrepancy) {
        return side.shadow()
                ? discrepancy.getDiscrepancyId()
                : Objects.requireNonNullElse(discrepancy.getOrder(), discrepancy.getPaymentKey());
    }

    private void emit(String key, Object value, long timestamp, String sink) {
        context.forward(new Record<>(key, value, timestamp, new RecordHeaders()), sink);
    }
}
