package ipn.projector.stream;

import ipn.avro.OrderAllocation;
import ipn.avro.Allocation;
import ipn.projector.order.OrderAllocator;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Remembers each order and who pays for it, and tells what follows: to its subject, to whoever looks after discrepancies, and to
 * the books. What checkouts say and what payments say comes the same way; the clock tells what is missing.
 */
final class MatchOrder extends ContextualProcessor<String, Allocation, String, Object> {
    static final String STORE = "settled-orders";
    static final String DUE_STORE = "orders-due";

    private static final Duration TICK = Duration.ofMillis(200);
    private static final int DUE_PER_TICK_MAX = 100;

    private final OrderAllocator matching;
    private @Nullable KeyValueStore<String, OrderAllocation> orders;
    private @Nullable DueTimes due;

    MatchOrder(OrderAllocator matching) {
        this.matching = matching;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        orders = context.getStateStore(STORE);
        due = new DueTimes(context.getStateStore(DUE_STORE));
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> tick());
    }

    @Override
    public void process(Record<String, Allocation> record) {
        var said = record.value();
        if (said.getToOrder()) {
            var before = known(said.getTo());
            write(before, matching.told(before, said), record.timestamp());
        }
    }

    /** Work left over waits for the next tick. */
    private void tick() {
        var now = Instant.ofEpochMilli(matching.clock().millis());
        for (var orderId : Objects.requireNonNull(due).take(now, DUE_PER_TICK_MAX)) {
            var before = known(orderId);
            if (before != null) {
                write(before, matching.timePassed(before), now.toEpochMilli());
            }
        }
    }

    private @Nullable OrderAllocation known(String orderId) {
        return Objects.requireNonNull(orders).get(orderId);
    }

    private void write(@Nullable OrderAllocation before, OrderAllocator.Step step, long timestamp) {
        var after = step.after();
        var orderId = after.getOrderId();
        Objects.requireNonNull(due).move(orderId, before == null ? null : before.getNextCheck(), after.getNextCheck());
        Objects.requireNonNull(orders).put(orderId, OrderAllocator.worthKeeping(after) ? after : null);
        var headers = new RecordHeaders();
        step.claims()
                .forEach(claim -> context()
                        .forward(new Record<>(claim.getSubject(), claim, timestamp, headers), AllocatePayment.TO_CLAIMS));
        step.discrepancies()
                .forEach(each -> context()
                        .forward(new Record<>(orderId, each, timestamp, headers), AllocatePayment.TO_DISCREPANCIES));
        step.ledger()
                .forEach(each ->
                        context().forward(new Record<>(orderId, each, timestamp, headers), AllocatePayment.TO_LEDGER));
    }
}
