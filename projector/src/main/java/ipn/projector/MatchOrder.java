package ipn.projector;

import ipn.avro.Cause;
import ipn.avro.Order;
import ipn.avro.SettledOrder;
import ipn.avro.Settlement;
import ipn.projector.order.Matching;
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
 * Remembers each order and who pays for it, and tells what follows: to its subject, and to whoever looks after discrepancies.
 * Two nodes share it: one for what checkouts say, one for what payments say.
 */
abstract class MatchOrder<V> extends ContextualProcessor<String, V, String, Object> {
    static final String STORE = "settled-orders";
    static final String DUE_STORE = "orders-due";

    private final Matching matching;
    private @Nullable KeyValueStore<String, SettledOrder> orders;
    private @Nullable DueTimes due;

    MatchOrder(Matching matching) {
        this.matching = matching;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        orders = context.getStateStore(STORE);
        due = new DueTimes(context.getStateStore(DUE_STORE));
    }

    Matching matching() {
        return matching;
    }

    DueTimes due() {
        return Objects.requireNonNull(due);
    }

    @Nullable
    SettledOrder known(String orderId) {
        return Objects.requireNonNull(orders).get(orderId);
    }

    void write(String orderId, @Nullable SettledOrder before, Matching.Step step, long timestamp) {
        var after = step.after();
        due().move(orderId, before == null ? null : before.getNextCheck(), after.getNextCheck());
        var nothing = after.getOrder() == null && after.getPayers().isEmpty();
        Objects.requireNonNull(orders).put(orderId, nothing ? null : after);
        var headers = new RecordHeaders();
        step.claims()
                .forEach(claim -> context()
                        .forward(new Record<>(claim.getSubject(), claim, timestamp, headers), SettlePayment.TO_CLAIMS));
        step.discrepancies()
                .forEach(each -> context()
                        .forward(new Record<>(orderId, each, timestamp, headers), SettlePayment.TO_DISCREPANCIES));
    }

    /** What a checkout expects. It alone watches the clock. */
    static final class Ordered extends MatchOrder<Order> {
        private static final Duration TICK = Duration.ofMillis(200);
        private static final int DUE_PER_TICK_MAX = 100;

        Ordered(Matching matching) {
            super(matching);
        }

        @Override
        public void init(ProcessorContext<String, Object> context) {
            super.init(context);
            context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> tick());
        }

        @Override
        public void process(Record<String, @Nullable Order> record) {
            var before = known(record.key());
            write(
                    record.key(),
                    before,
                    matching().ordered(before, record.value(), cause(record.key())),
                    record.timestamp());
        }

        private Cause cause(String orderId) {
            var at = context().recordMetadata().orElseThrow();
            return new Cause("order/" + orderId, at.topic(), at.partition(), at.offset(), false);
        }

        private void tick() {
            var now = Instant.ofEpochMilli(matching().clock().millis());
            for (var orderId : due().take(now, DUE_PER_TICK_MAX)) {
                var before = known(orderId);
                if (before != null) {
                    write(orderId, before, matching().timePassed(before), now.toEpochMilli());
                }
            }
        }
    }

    /** What a payment that names it is worth. */
    static final class Told extends MatchOrder<Settlement> {
        Told(Matching matching) {
            super(matching);
        }

        @Override
        public void process(Record<String, Settlement> record) {
            if (record.value().getToOrder()) {
                var before = known(record.key());
                write(record.key(), before, matching().told(before, record.value()), record.timestamp());
            }
        }
    }
}
