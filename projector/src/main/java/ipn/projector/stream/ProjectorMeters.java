package ipn.projector.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import ipn.avro.DecisionKind;
import ipn.avro.PartitionBrake;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    public ProjectorMeters(MeterRegistry meters) {
        meters.gauge("ipn.projector.brake.engaged", this, ProjectorMeters::engaged);
        meters.gauge("ipn.projector.brake.withheld", this, ProjectorMeters::held);
        meters.gauge("ipn.projector.due.waiting", this, ProjectorMeters::waiting);
        meters.gauge("ipn.projector.due.most", most);
        meters.gauge("ipn.projector.apply.waiting", reapplying, Set::size);
        due = meters.counter("ipn.projector.due");
        reapplied = meters.counter("ipn.projector.apply.examined");
        for (var what : LeftOut.What.values()) {
            leftOut.put(what, meters.counter("ipn.projector.left.out", "what", what.tag()));
        }
        for (var kind : DecisionKind.values()) {
            decisions.put(kind, meters.counter("ipn.projector.decisions", "kind", kind.name()));
        }
        clockWorkFailed = meters.counter("ipn.projector.clock.failed");
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
