package ipn.projector.stream;

import ipn.avro.AppliedCatalogue;
import ipn.avro.AppliedCatalogues;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Matches all payments, or all orders, of a partition again after a person applied a version of the catalogue, some with each tick. How far it
 * is stands in a store that changes in the same transaction as what it writes, so an interruption neither repeats nor leaves out any.
 *
 * @param <V> of the store that it goes through
 */
final class Reapplication<V> {
    static final String STORE = "catalogues-applied";

    private static final Duration TICK = Duration.ofMillis(100);
    static final int PER_TICK_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Reapplication.class);
    /** At most a tenth of a thread for each partition, however much is left. */
    private static final Duration TIME_PER_TICK_MAX = Duration.ofMillis(10);

    private static final int AT_ONCE = 10;

    private final String what;
    private final int partition;
    private final KeyValueStore<String, AppliedCatalogues> states;
    private final KeyValueStore<String, V> values;
    private final EffectiveHistories histories;
    private final Step<V> step;
    private final ClockWork rules;
    private final ProjectorMeters meters;
    private List<AppliedCatalogue> effective = List.of();

    /** Matches one again. */
    interface Step<V> {
        /**
         * Computes within {@code rules}, and writes after that.
         *
         * @return whether anything changed; empty if a rule failed
         */
        Optional<Boolean> again(ClockWork rules, String key, V value, AppliedCatalogues state, Instant now);
    }

    /**
     * @param what it goes through: payments or orders
     * @param values the store of these
     * @param clock of its ticks
     */
    Reapplication(
            ProcessorContext<?, ?> context,
            String what,
            KeyValueStore<String, V> values,
            EffectiveHistories histories,
            Step<V> step,
            ProjectorMeters meters,
            Clock clock) {
        this.what = what;
        this.partition = context.taskId().partition();
        this.states = context.getStateStore(STORE);
        this.values = values;
        this.histories = histories;
        this.step = step;
        this.rules = new ClockWork(meters, partition);
        this.meters = meters;
        applyToHistory();
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, at -> tick(Instant.ofEpochMilli(clock.millis())));
    }

    private void applyToHistory() {
        effective = applied();
        histories.apply(partition, effective);
        show();
    }

    private List<AppliedCatalogue> applied() {
        var state = states.get(what);
        return state == null ? List.of() : state.getApplied();
    }

    /** Other versions are applied now: begins anew. From here on, what arrives is judged by them. */
    void receive(DecidedCatalogues decided) {
        if (!applied().equals(decided.applied())) {
            states.put(
                    what,
                    AppliedCatalogues.newBuilder()
                            .setApplied(decided.applied())
                            .setCause(decided.cause())
                            .setDone(false)
                            .build());
            applyToHistory();
            LOG.atInfo()
                    .addKeyValue("partition", partition)
                    .addKeyValue("decision", decided.cause().getEventKey())
                    .log("Settings applied to what was paid before: " + what + " are matched again");
        }
    }

    /** Work left over waits for the next tick. A version that this process does not know waits for its restart. */
    private void tick(Instant now) {
        var state = states.get(what);
        if (state != null && !state.getApplied().equals(effective)) {
            applyToHistory();
        }
        if (state == null || state.getDone() || !histories.knows(state.getApplied())) {
            return;
        }
        var began = System.nanoTime();
        var count = 0;
        while (!state.getDone() && count < PER_TICK_MAX && System.nanoTime() - began < TIME_PER_TICK_MAX.toNanos()) {
            var chunk = next(state.getAfter());
            state = matchAgain(chunk, state, now);
            count += chunk.size();
        }
        states.put(what, state);
        meters.reapplied(count);
        show();
    }

    private AppliedCatalogues matchAgain(List<KeyValue<String, V>> chunk, AppliedCatalogues state, Instant now) {
        var after = state.getAfter();
        var changed = state.getChanged();
        var failed = state.getFailed();
        for (var each : chunk) {
            var result = step.again(rules, each.key, each.value, state, now);
            changed += result.filter(Boolean::booleanValue).isPresent() ? 1 : 0;
            failed += result.isEmpty() ? 1 : 0;
            after = each.key;
        }
        return AppliedCatalogues.newBuilder(state)
                .setAfter(after)
                .setExamined(state.getExamined() + chunk.size())
                .setChanged(changed)
                .setFailed(failed)
                .setDone(chunk.size() < AT_ONCE)
                .build();
    }

    private List<KeyValue<String, V>> next(String after) {
        var chunk = new ArrayList<KeyValue<String, V>>();
        try (var range = values.range(after.isEmpty() ? null : after, null)) {
            while (range.hasNext() && chunk.size() < AT_ONCE) {
                var each = range.next();
                if (!each.key.equals(after)) {
                    chunk.add(each);
                }
            }
        }
        return chunk;
    }

    private void show() {
        var state = states.get(what);
        meters.reapplying(partition, what, state != null && !state.getDone());
    }
}
