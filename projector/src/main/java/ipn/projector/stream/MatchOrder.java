package ipn.projector.stream;

import ipn.avro.Allocation;
import ipn.avro.OrderAllocation;
import ipn.avro.Payer;
import ipn.projector.deadletter.RulesFailedException;
import ipn.projector.order.OrderAllocator;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Allocates money to orders, and emits what follows: claims, discrepancies and ledger entries. What checkouts expect and what payments
 * bring arrive in one topic; the clock finds what is missing.
 */
public final class MatchOrder extends ContextualProcessor<String, Allocation, String, Object> {
    public static final String STORE = "order-allocations";
    public static final String DUE_STORE = "orders-due";

    private static final Duration TICK = Duration.ofMillis(200);
    private static final int DUE_PER_TICK_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger(MatchOrder.class);

    private final OrderAllocator allocator;
    private final ProjectorMeters meters;
    private @Nullable KeyValueStore<String, OrderAllocation> orders;
    private @Nullable DueTimes due;

    public MatchOrder(OrderAllocator allocator, ProjectorMeters meters) {
        this.allocator = allocator;
        this.meters = meters;
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
        var message = record.value();
        if (message.getToOrder()) {
            var before = stored(message.getTo());
            var result = RulesFailedException.guard(() -> allocator.onMessage(before, message));
            if (isOneLeftOut(before, message, result.after())) {
                meters.payerLeftOut();
                LOG.atWarn()
                        .addKeyValue("partition", context().taskId().partition())
                        .log("An order has too many payments; one was left out");
            }
            write(before, result, record.timestamp());
        }
    }

    private static boolean isOneLeftOut(@Nullable OrderAllocation before, Allocation message, OrderAllocation after) {
        var payers = before == null ? Map.<String, Payer>of() : before.getPayers();
        var known = payers.containsKey(message.getFrom()) ? 1 : 0;
        var now = message.getPayment() == null ? 0 : 1;
        return after.getPayers().size() < payers.size() - known + now;
    }

    /** Work left over waits for the next tick. */
    private void tick() {
        var now = Instant.ofEpochMilli(allocator.clock().millis());
        for (var orderId : Objects.requireNonNull(due).take(now, DUE_PER_TICK_MAX)) {
            var before = stored(orderId);
            if (before != null) {
                write(before, allocator.onTime(before), now.toEpochMilli());
            }
        }
    }

    private @Nullable OrderAllocation stored(String orderId) {
        return Objects.requireNonNull(orders).get(orderId);
    }

    private void write(@Nullable OrderAllocation before, OrderAllocator.Result result, long timestamp) {
        var after = result.after();
        var orderId = after.getOrderId();
        Objects.requireNonNull(due).move(orderId, before == null ? null : before.getNextCheck(), after.getNextCheck());
        Objects.requireNonNull(orders).put(orderId, OrderAllocator.mustBeKept(after) ? after : null);
        var headers = new RecordHeaders();
        result.claims()
                .forEach(claim -> context()
                        .forward(
                                new Record<>(claim.getSubject(), claim, timestamp, headers),
                                AllocatePayment.TO_CLAIMS));
        result.discrepancies()
                .forEach(each -> context()
                        .forward(new Record<>(orderId, each, timestamp, headers), AllocatePayment.TO_DISCREPANCIES));
        result.ledger()
                .forEach(each ->
                        context().forward(new Record<>(orderId, each, timestamp, headers), AllocatePayment.TO_LEDGER));
    }
}
