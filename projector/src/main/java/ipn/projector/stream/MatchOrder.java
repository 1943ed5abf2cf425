package ipn.projector.stream;

import ipn.avro.Allocation;
import ipn.avro.AppliedCatalogues;
import ipn.avro.OrderAllocation;
import ipn.avro.Payer;
import ipn.projector.deadletter.RulesFailedException;
import ipn.projector.order.OrderAllocator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Allocates money to orders, and emits what follows: claims, discrepancies and ledger entries. Two nodes share its store: one for what
 * checkouts expect and payments bring, which arrive in one topic, and one for what people decide.
 */
public abstract class MatchOrder<V> extends ContextualProcessor<String, V, String, Object> {
    public static final String STORE = "order-allocations";
    public static final String DUE_STORE = "orders-due";

    private final OrderAllocator allocator;
    private final Side side;
    private final EffectiveHistories histories;
    private final ProjectorMeters meters;
    private @Nullable KeyValueStore<String, OrderAllocation> orders;
    private @Nullable DueTimes due;

    MatchOrder(OrderAllocator allocator, Side side, EffectiveHistories histories, ProjectorMeters meters) {
        this.allocator = allocator;
        this.side = side;
        this.histories = histories;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        orders = context.getStateStore(side.store(STORE));
        due = context.getStateStore(side.store(DUE_STORE));
    }

    Side side() {
        return side;
    }

    /** With the history of the catalogue that holds in this partition. */
    OrderAllocator allocator() {
        return allocator.with(histories.of(context().taskId().partition()));
    }

    EffectiveHistories histories() {
        return histories;
    }

    ProjectorMeters meters() {
        return meters;
    }

    KeyValueStore<String, OrderAllocation> orders() {
        return Objects.requireNonNull(orders);
    }

    DueTimes due() {
        return Objects.requireNonNull(due);
    }

    @Nullable
    OrderAllocation stored(String orderId) {
        return Objects.requireNonNull(orders).get(orderId);
    }

    @SuppressWarnings("ReferenceEquality") // the stored object itself needs no write
    void write(@Nullable OrderAllocation before, OrderAllocator.Result result, long timestamp) {
        var after = result.after();
        var orderId = after.getOrderId();
        if (after != before) {
            put(orderId, before, after);
        }
        new SideEmitter(context(), side, meters)
                .emit(List.of(), result.claims(), result.discrepancies(), result.ledger(), timestamp);
    }

    private void put(String orderId, @Nullable OrderAllocation before, OrderAllocation after) {
        due().move(orderId, before == null ? null : before.getNextCheck(), after.getNextCheck());
        Objects.requireNonNull(orders).put(orderId, OrderAllocator.mustBeKept(after) ? after : null);
    }

    /** What checkouts expect and what payments bring. The clock finds what is missing. */
    public static final class OnMessage extends MatchOrder<Allocation> {
        private static final Duration TICK = Duration.ofMillis(200);
        private static final int DUE_PER_TICK_MAX = 100;

        private final LeftOut leftOut;
        private @Nullable ClockWork clockWork;
        private @Nullable KeyValueStore<String, OrderAllocation> live;

        public OnMessage(OrderAllocator allocator, Side side, EffectiveHistories histories, ProjectorMeters meters) {
            super(allocator, side, histories, meters);
            this.leftOut = new LeftOut(meters);
        }

        @Override
        public void init(ProcessorContext<String, Object> context) {
            super.init(context);
            clockWork = new ClockWork(meters(), context.taskId().partition());
            live = context.getStateStore(STORE);
            context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> tick());
        }

        @Override
        public void process(Record<String, Allocation> record) {
            var message = record.value();
            if (message.getToOrder() && isOurs(message)) {
                var stored = stored(message.getTo());
                var matched = RulesFailedException.guard(() -> match(stored, message));
                matched.expected().ifPresent(expected -> write(null, expected, record.timestamp()));
                var before =
                        matched.expected().map(OrderAllocator.Result::after).orElse(stored);
                var result = matched.result();
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

        /** Checkouts know no mode: an order is expected in shadow too once a payment in shadow has named it. */
        private boolean isOurs(Allocation message) {
            return side().receives(message.getShadow()) || message.getCheckout() && stored(message.getTo()) != null;
        }

        /**
         * What a message leads to.
         *
         * @param expected what the order itself leads to before it
         */
        private record Matched(Optional<OrderAllocator.Result> expected, OrderAllocator.Result result) {}

        private Matched match(@Nullable OrderAllocation stored, Allocation message) {
            var expected = stored == null ? expected(message) : Optional.<OrderAllocator.Result>empty();
            var before = expected.map(OrderAllocator.Result::after).orElse(stored);
            return new Matched(expected, allocator().onMessage(before, message));
        }

        /** The first payment in shadow that names an order brings what its checkout expects. */
        private Optional<OrderAllocator.Result> expected(Allocation message) {
            var known = side() == Side.SHADOW ? Objects.requireNonNull(live).get(message.getTo()) : null;
            if (known == null || known.getOrder() == null) {
                return Optional.empty();
            }
            var expected = Allocation.newBuilder(message)
                    .setCheckout(true)
                    .setPayment(null)
                    .setPaidBy(List.of())
                    .setOrder(known.getOrder())
                    .build();
            return Optional.of(allocator().onMessage(null, expected));
        }

        /** Work left over waits for the next tick. */
        private void tick() {
            var now = Instant.ofEpochMilli(allocator().clock().millis());
            for (var orderId : due().take(now, DUE_PER_TICK_MAX)) {
                Objects.requireNonNull(clockWork)
                        .compute(() -> Optional.ofNullable(stored(orderId)).map(this::onTime), now)
                        .ifPresentOrElse(
                                passed -> passed.ifPresent(it -> write(it.before(), it.result(), now.toEpochMilli())),
                                () -> due().retry(orderId, now.plus(ClockWork.RETRY_AFTER)));
            }
        }

        private record Passed(OrderAllocation before, OrderAllocator.Result result) {}

        private Passed onTime(OrderAllocation before) {
            return new Passed(before, allocator().onTime(before));
        }
    }

    /** What people decided about the order. */
    public static final class OnDecision extends MatchOrder<DecidedMoney> {
        public OnDecision(OrderAllocator allocator, EffectiveHistories histories, ProjectorMeters meters) {
            super(allocator, Side.LIVE, histories, meters);
        }

        @Override
        public void process(Record<String, DecidedMoney> record) {
            var orderId = record.key();
            var decided = record.value();
            var before = stored(orderId);
            if (before == null && decided.decisions().isEmpty()) {
                return;
            }
            var result = RulesFailedException.guard(
                    () -> allocator().onDecisions(orderId, before, decided.decisions(), decided.cause()));
            write(before, result, record.timestamp());
        }
    }

    /** Versions of the catalogue that people applied to what was paid before. The clock matches all orders again. */
    public static final class OnCatalogue extends MatchOrder<DecidedCatalogues> {
        private @Nullable Reapplication<OrderAllocation> reapplication;

        public OnCatalogue(OrderAllocator allocator, EffectiveHistories histories, ProjectorMeters meters) {
            super(allocator, Side.LIVE, histories, meters);
        }

        @Override
        public void init(ProcessorContext<String, Object> context) {
            super.init(context);
            reapplication = new Reapplication<>(
                    context,
                    "orders",
                    orders(),
                    histories(),
                    this::again,
                    meters(),
                    allocator().clock());
        }

        @Override
        public void process(Record<String, DecidedCatalogues> record) {
            Objects.requireNonNull(reapplication).receive(record.value());
        }

        @SuppressWarnings("ReferenceEquality") // the stored object itself needs no write
        private Optional<Boolean> again(
                ClockWork rules, String key, OrderAllocation before, AppliedCatalogues state, Instant now) {
            var result = rules.compute(() -> allocator().again(before, state.getCause()), now);
            result.ifPresent(each -> write(before, each, now.toEpochMilli()));
            return result.map(each -> each.after() != before);
        }
    }
}
