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
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Allocates money to orders, and emits what follows: claims, discrepancies and ledger entries. What checkouts expect and what payments
 * bring arrive in one topic; the clock finds what is missing.
 */
public final class MatchOrder extends ContextualProcessor<String, Allocation, String, Object> {
    public static final String STORE = "order-allocations";
    public static final String DUE_STORE = "orders-due";

    private static final Duration TICK = Duration.ofMillis(200);
    private static final int DUE_PER_TICK_MAX = 100;

    private final OrderAllocator allocator;
    private final ProjectorMeters meters;
    private final LeftOut leftOut;
    private @Nullable KeyValueStore<String, OrderAllocation> orders;
    private @Nullable DueTimes due;
    private @Nullable ClockWork clockWork;

    public MatchOrder(OrderAllocator allocator, ProjectorMeters meters) {
        this.allocator = allocator;
        this.meters = meters;
        this.leftOut = new LeftOut(meters);
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        orders = context.getStateStore(STORE);
        due = new DueTimes(context.getStateStore(DUE_STORE));
        clockWork = new ClockWork(meters, context.taskId().partition());
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> tick());
    }

    @Override
    public void process(Record<String, Allocation> record) {
        var message = record.value();
        if (message.getToOrder()) {
            var before = stored(message.getTo());
            var result = RulesFailedException.guard(() -> allocator.onMessage(before, message));
            var payers = before == null ? Map.<String, Payer>of() : before.getPayers();
            leftOut.compare(
                    LeftOut.What.PAYER,
                    payers.size(),
                    payers.containsKey(message.getFrom()),
                    message.getPayment() != null,
                    result.after().getPayers().size());
            write(before, result, record.timestamp());
        }
    }

    /** Work left over waits for the next tick. */
    private void tick() {
        var now = Instant.ofEpochMilli(allocator.clock().millis());
        var waiting = Objects.requireNonNull(due);
        for (var orderId : waiting.take(now, DUE_PER_TICK_MAX)) {
            Objects.requireNonNull(clockWork)
                    .compute(() -> Optional.ofNullable(stored(orderId)).map(this::onTime), now)
                    .ifPresentOrElse(
                            passed -> passed.ifPresent(it -> write(it.before(), it.result(), now.toEpochMilli())),
                            () -> waiting.retry(orderId, now.plus(ClockWork.RETRY_AFTER)));
        }
    }

    private record Passed(OrderAllocation before, OrderAllocator.Result result) {}

    private Passed onTime(OrderAllocation before) {
        return new Passed(before, allocator.onTime(before));
    }

    private @Nullable OrderAllocation stored(String orderId) {
        return Objects.requireNonNull(orders).get(orderId);
    }

    @SuppressWarnings("ReferenceEquality") // the stored object itself needs no write
    private void write(@Nullable OrderAllocation before, OrderAllocator.Result result, long timestamp) {
        var after = result.after();
        var orderId = after.getOrderId();
        if (after != before) {
            put(orderId, before, after);
        }
        emit(orderId, result, timestamp);
    }

    private void put(String orderId, @Nullable OrderAllocation before, OrderAllocation after) {
        Objects.requireNonNull(due).move(orderId, before == null ? null : before.getNextCheck(), after.getNextCheck());
        Objects.requireNonNull(orders).put(orderId, OrderAllocator.mustBeKept(after) ? after : null);
    }

    private void emit(String orderId, OrderAllocator.Result result, long timestamp) {
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
