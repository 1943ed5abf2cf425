package ipn.projector.stream;

import ipn.avro.Allocation;
import ipn.avro.AppliedCatalogues;
import ipn.avro.Cause;
import ipn.avro.Outcome;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.projector.allocation.PaymentAllocator;
import ipn.projector.deadletter.RulesFailedException;
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
 * Allocates the money of a payment key, and emits what follows: messages to other payment keys and orders, claims, discrepancies and
 * ledger entries. Two nodes share a store: one for a payment's own state, one for messages of others.
 */
public abstract class AllocatePayment<V> extends ContextualProcessor<String, V, String, Object> {
    public static final String STORE = "payment-allocations";
    public static final String DUE_STORE = "payments-due";
    public static final String APPLIED = Reapplication.STORE;
    public static final String TO_ALLOCATIONS = "allocations-out";
    public static final String TO_CLAIMS = "claims-out";
    public static final String TO_DISCREPANCIES = "discrepancies-out";
    public static final String TO_LEDGER = "ledger-out";

    static final PaymentAllocation NOTHING = PaymentAllocation.newBuilder()
            .setPaidBy(Map.of())
            .setPays(List.of())
            .setClaims(List.of())
            .setDiscrepancies(List.of())
            .setDecided(List.of())
            .setDecisions(List.of())
            .setPosted(List.of())
            .setEntries(0)
            .build();

    private final PaymentAllocator allocator;
    private final Side side;
    private final EffectiveHistories histories;
    private final ProjectorMeters meters;
    private final LeftOut leftOut;
    private @Nullable KeyValueStore<String, PaymentAllocation> allocations;
    private @Nullable DueTimes due;

    AllocatePayment(PaymentAllocator allocator, Side side, EffectiveHistories histories, ProjectorMeters meters) {
        this.allocator = allocator;
        this.side = side;
        this.histories = histories;
        this.meters = meters;
        this.leftOut = new LeftOut(meters);
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        allocations = context.getStateStore(side.store(STORE));
        due = context.getStateStore(side.store(DUE_STORE));
    }

    DueTimes due() {
        return Objects.requireNonNull(due);
    }

    /** With the history of the catalogue that holds in this partition. */
    PaymentAllocator allocator() {
        return allocator.with(histories.of(context().taskId().partition()));
    }

    EffectiveHistories histories() {
        return histories;
    }

    ProjectorMeters meters() {
        return meters;
    }

    KeyValueStore<String, PaymentAllocation> allocations() {
        return Objects.requireNonNull(allocations);
    }

    Side side() {
        return side;
    }

    LeftOut leftOut() {
        return leftOut;
    }

    PaymentAllocation stored(String paymentKey) {
        return Objects.requireNonNullElse(Objects.requireNonNull(allocations).get(paymentKey), NOTHING);
    }

    /** @param before as it was stored; the same object in the result needs no write */
    @SuppressWarnings("ReferenceEquality")
    void write(String paymentKey, PaymentAllocation before, PaymentAllocator.Result result, long timestamp) {
        if (result.after() != before) {
            due().move(paymentKey, before.getNextCheck(), result.after().getNextCheck());
            Objects.requireNonNull(allocations).put(paymentKey, result.after());
        }
        new SideEmitter(context(), side, meters)
                .emit(result.allocations(), result.claims(), result.discrepancies(), result.ledger(), timestamp);
    }

    void delete(String paymentKey, PaymentAllocation before) {
        due().move(paymentKey, before.getNextCheck(), null);
        Objects.requireNonNull(allocations).delete(paymentKey);
    }

    /** A payment's own state, as the processor emitted it. */
    public static final class OnState extends AllocatePayment<Outcome> {
        public OnState(PaymentAllocator allocator, Side side, EffectiveHistories histories, ProjectorMeters meters) {
            super(allocator, side, histories, meters);
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
            var key = payment.getPaymentKey();
            var before = stored(key);
            if (side().receives(payment.getShadow())) {
                write(
                        key,
                        before,
                        RulesFailedException.guard(() -> allocator().onState(before, payment, cause)),
                        record.timestamp());
            } else if (side() == Side.SHADOW && before.getOwn() != null) {
                // the account has left mode shadow: the payment counts on the other side now
                write(
                        key,
                        before,
                        RulesFailedException.guard(() -> allocator().forgotten(before, cause)),
                        record.timestamp());
                delete(key, before);
            }
        }
    }

    /** What people decided about the payment key. */
    public static final class OnDecision extends AllocatePayment<DecidedMoney> {
        public OnDecision(PaymentAllocator allocator, EffectiveHistories histories, ProjectorMeters meters) {
            super(allocator, Side.LIVE, histories, meters);
        }

        @Override
        public void process(Record<String, DecidedMoney> record) {
            var key = record.key();
            var decided = record.value();
            var before = stored(key);
            write(
                    key,
                    before,
                    RulesFailedException.guard(
                            () -> allocator().onDecisions(key, before, decided.decisions(), decided.cause())),
                    record.timestamp());
        }
    }

    /** A message of another payment key to this one. The clock finds what is paid and not reported. */
    public static final class OnMessage extends AllocatePayment<Allocation> {
        private static final Duration TICK = Duration.ofSeconds(1);
        private static final int DUE_PER_TICK_MAX = 100;

        private @Nullable ClockWork clockWork;

        public OnMessage(PaymentAllocator allocator, Side side, EffectiveHistories histories, ProjectorMeters meters) {
            super(allocator, side, histories, meters);
        }

        @Override
        public void init(ProcessorContext<String, Object> context) {
            super.init(context);
            clockWork = new ClockWork(meters(), context.taskId().partition());
            context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> tick());
        }

        /** Work left over waits for the next tick. */
        private void tick() {
            var now = Instant.ofEpochMilli(allocator().clock().millis());
            for (var key : due().take(now, DUE_PER_TICK_MAX)) {
                var before = stored(key);
                Objects.requireNonNull(clockWork)
                        .compute(() -> allocator().onTime(key, before), now)
                        .ifPresentOrElse(
                                result -> write(key, before, result, now.toEpochMilli()),
                                () -> due().retry(key, now.plus(ClockWork.RETRY_AFTER)));
            }
        }

        @Override
        public void process(Record<String, Allocation> record) {
            var message = record.value();
            if (!message.getToOrder() && side().receives(message.getShadow())) {
                var before = stored(message.getTo());
                var result = RulesFailedException.guard(() -> allocator().onMessage(before, message));
                countLeftOut(before, message, result.after());
                write(message.getTo(), before, result, record.timestamp());
            }
        }

        private void countLeftOut(PaymentAllocation before, Allocation message, PaymentAllocation after) {
            var from = message.getFrom();
            if (message.getLink()) {
                var known = before.getPays().contains(from);
                leftOut()
                        .compare(
                                LeftOut.What.LINK,
                                before.getPays().size(),
                                known,
                                true,
                                after.getPays().size());
            } else {
                var known = before.getPaidBy().containsKey(from);
                leftOut()
                        .compare(
                                LeftOut.What.PAYER,
                                before.getPaidBy().size(),
                                known,
                                true,
                                after.getPaidBy().size());
            }
        }
    }

    /** Versions of the catalogue that people applied to what was paid before. The clock matches all payments again. */
    public static final class OnCatalogue extends AllocatePayment<DecidedCatalogues> {
        private @Nullable Reapplication<PaymentAllocation> reapplication;

        public OnCatalogue(PaymentAllocator allocator, EffectiveHistories histories, ProjectorMeters meters) {
            super(allocator, Side.LIVE, histories, meters);
        }

        @Override
        public void init(ProcessorContext<String, Object> context) {
            super.init(context);
            reapplication = new Reapplication<>(
                    context,
                    "payments",
                    allocations(),
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
                ClockWork rules, String key, PaymentAllocation before, AppliedCatalogues state, Instant now) {
            var result = rules.compute(() -> allocator().again(key, before, state.getCause()), now);
            result.ifPresent(each -> write(key, before, each, now.toEpochMilli()));
            return result.map(each -> each.after() != before);
        }
    }
}
