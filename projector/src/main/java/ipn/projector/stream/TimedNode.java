package ipn.projector.stream;

import ipn.projector.stream.RecordTime.TaskTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A node that follows the time of its records. What it schedules by the wall clock runs at the times that its {@link DueTimes} have, up to the time
 * that is released; for the key of a record what is due before the record is done first ({@link DueBefore}).
 */
final class TimedNode<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {
    private static final Duration IDLE = Duration.ofMillis(50);
    private static final Duration WORK_MAX = Duration.ofMillis(200);
    private static final Cancellable NEVER_CANCELLED = () -> {};

    private final RecordTime time;
    private final Processor<KIn, VIn, KOut, VOut> node;
    private final List<Punctuator> ticks = new ArrayList<>();
    private @Nullable TaskTime task;
    private @Nullable DueTimes due;
    /** What is due up to this time is done. */
    private Instant worked = Instant.EPOCH;

    private volatile Instant committed = Instant.EPOCH;

    TimedNode(RecordTime time, Processor<KIn, VIn, KOut, VOut> node) {
        this.time = time;
        this.node = node;
    }

    @Override
    public void init(ProcessorContext<KOut, VOut> context) {
        task = time.task(context.taskId());
        node.init(watched(context));
        if (!ticks.isEmpty()) {
            time.add(this);
            context.schedule(IDLE, PunctuationType.WALL_CLOCK_TIME, at -> onIdle(context));
        }
    }

    @Override
    public void process(Record<KIn, VIn> record) {
        var at = time.limited(Instant.ofEpochMilli(record.timestamp()));
        time.enter(task());
        if (node instanceof DueBefore<?>) {
            workBefore(record.value(), at);
        }
        task().set(at);
        node.process(record);
    }

    /** Does what is due for the key of a record before the record, each at its own time. */
    @SuppressWarnings("unchecked") // the values of the node
    private void workBefore(VIn value, Instant at) {
        var keyed = (DueBefore<VIn>) node;
        var next = keyed.nextOf(value);
        while (next.isPresent() && next.get().isBefore(at)) {
            task().set(next.get());
            keyed.doDue(value);
            var after = keyed.nextOf(value);
            next = after.equals(next) ? Optional.empty() : after; // a rule failed: the clock tries again
        }
    }

    /** What was done the last time is committed: the thread does so before it comes here again. */
    private void onIdle(ProcessorContext<KOut, VOut> context) {
        committed = worked;
        var until = time.released();
        time.enter(task());
        var isDone = workUntil(until);
        if (isDone) {
            task().set(until);
            tick(until);
        }
        if (!isDone || until.isAfter(worked)) {
            context.commit();
        }
        worked = isDone ? until : worked;
    }

    /**
     * Does what is due up to a time, each at its own time; not for long, because a transaction that lasts is aborted.
     *
     * @return false if something is left
     */
    private boolean workUntil(Instant until) {
        if (due == null) {
            return true;
        }
        var began = System.nanoTime();
        var next = due.next();
        while (!next.isAfter(until)) {
            if (System.nanoTime() - began > WORK_MAX.toNanos()) {
                return false;
            }
            var taken = due.taken();
            task().set(later(next, worked));
            tick(task().now());
            var after = due.next();
            if (after.equals(next) && due.taken() == taken) {
                return true; // nobody takes it
            }
            next = after;
        }
        return true;
    }

    private void tick(Instant at) {
        ticks.forEach(each -> each.punctuate(at.toEpochMilli()));
    }

    /** What is due up to this time is done and committed. */
    Instant reached() {
        return committed;
    }

    private TaskTime task() {
        return Objects.requireNonNull(task);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** The context as the node sees it: what it schedules is kept here. */
    @SuppressWarnings("unchecked") // the proxy has the interface that it stands for
    private ProcessorContext<KOut, VOut> watched(ProcessorContext<KOut, VOut> context) {
        return (ProcessorContext<KOut, VOut>) Proxy.newProxyInstance(
                TimedNode.class.getClassLoader(),
                new Class<?>[] {ProcessorContext.class},
                (proxy, method, arguments) -> call(context, method, arguments));
    }

    private @Nullable Object call(
            ProcessorContext<KOut, VOut> context, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("schedule") && arguments != null) {
            ticks.add((Punctuator) Objects.requireNonNull(arguments[arguments.length - 1]));
            return NEVER_CANCELLED;
        }
        try {
            var result = method.invoke(context, arguments);
            if (result instanceof DueTimes times) {
                due = times;
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        time.remove(this);
        node.close();
    }
}
