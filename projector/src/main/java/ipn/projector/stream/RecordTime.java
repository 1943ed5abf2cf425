package ipn.projector.stream;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a projector that processes history again: while a record is processed, it shows the time of that record. Records of different keys
 * come in no order of time. So what is due for the key of a record is done before the record, and everything else when {@link #release} says that
 * all records up to a time have been processed; each at the time at which it was due. Thread-safe.
 */
public final class RecordTime extends Clock {
    /** Where a task is; used by the thread of the task. */
    static final class TaskTime {
        private Instant now = Instant.EPOCH;

        Instant now() {
            return now;
        }

        void set(Instant time) {
            now = time;
        }
    }

    private final ThreadLocal<@Nullable TaskTime> current = new ThreadLocal<>();
    private final Map<TaskId, TaskTime> tasks = new ConcurrentHashMap<>();
    private final Set<TimedNode<?, ?, ?, ?>> nodes = ConcurrentHashMap.newKeySet();
    private volatile Instant limit = Instant.EPOCH;
    private volatile Instant released = Instant.EPOCH;

    /** The supplier itself, or for a clock of this kind one whose nodes follow the time of their records. */
    public static <KIn, VIn, KOut, VOut> ProcessorSupplier<KIn, VIn, KOut, VOut> following(
            Clock clock, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
        return clock instanceof RecordTime time ? () -> new TimedNode<>(time, supplier.get()) : supplier;
    }

    /** From now on records may be as late as this time; a record of a later time counts as one of this time. */
    public void limit(Instant time) {
        limit = time;
    }

    /** All records up to this time have been processed: what is due until then is done now. */
    public void release(Instant time) {
        released = time;
    }

    /** Whether all nodes with work that time brings have done it up to this time. */
    public boolean reached(Instant time) {
        return nodes.stream().noneMatch(node -> node.reached().isBefore(time));
    }

    /** How many nodes with such work there are: those of the tasks that this process has now. */
    public int nodes() {
        return nodes.size();
    }

    TaskTime task(TaskId id) {
        return tasks.computeIfAbsent(id, any -> new TaskTime());
    }

    void enter(TaskTime task) {
        current.set(task);
    }

    Instant limited(Instant time) {
        return time.isAfter(limit) ? limit : time;
    }

    Instant released() {
        return released;
    }

    void add(TimedNode<?, ?, ?, ?> node) {
        nodes.add(node);
    }

    void remove(TimedNode<?, ?, ?, ?> node) {
        nodes.remove(node);
    }

    @Override
    public Instant instant() {
        var task = current.get();
        return task == null ? released : task.now();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Zones do not matter to the stages. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
