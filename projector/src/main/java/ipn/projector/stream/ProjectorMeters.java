package ipn.projector.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import ipn.avro.DecisionKind;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.EntitlementEventType;
import ipn.avro.PartitionBrake;
import ipn.projector.deadletter.DeadLetterMeter;
import ipn.runtime.metrics.Metric;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Meters of the projector, summed over the partitions that this process has. Thread-safe. */
public final class ProjectorMeters {
    private final Map<Integer, PartitionBrake> brakes = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> left = new ConcurrentHashMap<>();
    private final AtomicInteger most = new AtomicInteger();
    private final Set<String> reapplying = ConcurrentHashMap.newKeySet();
    private final Counter due;
    private final Counter reapplied;
    private final Map<LeftOut.What, Counter> leftOut = new EnumMap<>(LeftOut.What.class);
    private final Counter clockWorkFailed;
    private final Map<DecisionKind, Counter> decisions = new EnumMap<>(DecisionKind.class);
    private final Map<EntitlementEventType, Counter> changes = new EnumMap<>(EntitlementEventType.class);
    private final Map<DiscrepancyKind, Counter> opened = new EnumMap<>(DiscrepancyKind.class);
    private final Map<DiscrepancyKind, Counter> closed = new EnumMap<>(DiscrepancyKind.class);
    private final DeadLetterMeter deadLetters;
    private final Timer entitled;

    public ProjectorMeters(MeterRegistry meters) {
        Metric.PROJECTOR_BRAKE_ENGAGED.gauge(meters, this, ProjectorMeters::engaged);
        Metric.PROJECTOR_BRAKE_WITHHELD.gauge(meters, this, ProjectorMeters::held);
        Metric.PROJECTOR_DUE_WAITING.gauge(meters, this, ProjectorMeters::waiting);
        Metric.PROJECTOR_DUE_MOST.gauge(meters, most, AtomicInteger::get);
        Metric.PROJECTOR_APPLY_WAITING.gauge(meters, reapplying, Set::size);
        due = Metric.PROJECTOR_DUE.counter(meters);
        reapplied = Metric.PROJECTOR_APPLY_EXAMINED.counter(meters);
        for (var what : LeftOut.What.values()) {
            leftOut.put(what, Metric.PROJECTOR_LEFT_OUT.counter(meters, what.tag()));
        }
        for (var kind : DecisionKind.values()) {
            decisions.put(kind, Metric.PROJECTOR_DECISIONS.counter(meters, kind.name()));
        }
        for (var type : EntitlementEventType.values()) {
            changes.put(type, Metric.PROJECTOR_ENTITLEMENT_EVENTS.counter(meters, type.name()));
        }
        for (var kind : DiscrepancyKind.values()) {
            opened.put(kind, Metric.PROJECTOR_DISCREPANCIES.counter(meters, kind.name(), DiscrepancyState.OPEN.name()));
            closed.put(
                    kind, Metric.PROJECTOR_DISCREPANCIES.counter(meters, kind.name(), DiscrepancyState.CLOSED.name()));
        }
        deadLetters = new DeadLetterMeter(meters);
        entitled = Metric.PROJECTOR_RECEIVED_TO_ENTITLEMENT.timer(meters);
        clockWorkFailed = Metric.PROJECTOR_CLOCK_FAILED.counter(meters);
    }

    /** Counts dead letters. */
    public DeadLetterMeter deadLetters() {
        return deadLetters;
    }

    /** An event of a change of access was emitted. */
    void changedAccess(EntitlementEventType type) {
        Objects.requireNonNull(changes.get(type)).increment();
    }

    /** @param millis since the record that caused a change of access was stored */
    void entitled(long millis) {
        entitled.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    /** A discrepancy was emitted. */
    void discrepancy(DiscrepancyKind kind, DiscrepancyState state) {
        var counters = state == DiscrepancyState.OPEN ? opened : closed;
        Objects.requireNonNull(counters.get(kind)).increment();
    }

    void show(int partition, PartitionBrake brake) {
        brakes.put(partition, brake);
    }

    /** @param waiting 1 where a tick did not finish what was due, else 0 */
    void ticked(int partition, int entitlements, int waiting) {
        due.increment(entitlements);
        most.accumulateAndGet(entitlements, Math::max);
        left.put(partition, waiting);
    }

    /** A state has more entries than its bound; the last in rank was left out. */
    void leftOut(LeftOut.What what) {
        Objects.requireNonNull(leftOut.get(what)).increment();
    }

    /** Payments or orders were matched again by settings that a person applied. */
    void reapplied(int count) {
        reapplied.increment(count);
    }

    /** @param waits whether some of the payments or orders of the partition are left to match again */
    void reapplying(int partition, String what, boolean waits) {
        var name = partition + " " + what;
        if (waits) {
            reapplying.add(name);
        } else {
            reapplying.remove(name);
        }
    }

    /** A person decided something. */
    void decided(DecisionKind kind) {
        Objects.requireNonNull(decisions.get(kind)).increment();
    }

    /** A rule failed on what time changes. */
    void clockWorkFailed() {
        clockWorkFailed.increment();
    }

    /** The partition belongs to another process now. */
    void remove(int partition) {
        brakes.remove(partition);
        left.remove(partition);
    }

    /** Partitions that withhold. */
    private double engaged() {
        return brakes.values().stream()
                .filter(brake -> brake.getSince() != null)
                .count();
    }

    private double held() {
        return brakes.values().stream().mapToLong(PartitionBrake::getWithheld).sum();
    }

    /** Partitions that are behind with what time changes. */
    private double waiting() {
        return left.values().stream().mapToInt(Integer::intValue).sum();
    }
}
