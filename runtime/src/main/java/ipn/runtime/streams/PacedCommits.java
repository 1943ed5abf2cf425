package ipn.runtime.streams;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Ends the transaction of a stream thread when the thread has processed all that it has fetched, as {@link CommitPace} allows. So what
 * arrives alone is readable at once, and what arrives at a busy thread shares large transactions. The commit interval of Kafka Streams remains
 * the upper bound.
 *
 * <p>A thread polls only when it has processed what it fetched before. So its consumer ({@link PacedClients}) asks here before each poll;
 * what there is to commit is known from the processors behind the sources, which {@link #noting} wraps.
 */
public final class PacedCommits {
    private static final ThreadLocal<PacedCommits> OF_THREAD =
            ThreadLocal.withInitial(() -> new PacedCommits(System::nanoTime));

    /** Kafka Streams postpones a commit during a rebalance; meanwhile the thread polls so often. */
    private static final Duration POSTPONED = Duration.ofMillis(10);

    /** A poll that returned at most so many records had to wait for them. */
    private static final int FEW = 10;

    /** So long before the next commit the thread polls again, for all that has arrived meanwhile. */
    private static final long LAST_POLLS = Duration.ofMillis(5).toNanos();

    private final LongSupplier clock;
    private final CommitPace pace;
    /** Requests the commit of each task that has processed records since the last commit. */
    private final Set<Runnable> uncommitted = Collections.newSetFromMap(new IdentityHashMap<>());

    private boolean requested;
    private boolean fewFetched;
    private long spent;

    PacedCommits(LongSupplier clock) {
        this.clock = clock;
        this.pace = new CommitPace(clock.getAsLong());
    }

    static PacedCommits ofThread() {
        return OF_THREAD.get();
    }

    /** The processor behind a source, whose records are committed at this pace. */
    public static <KIn, VIn, KOut, VOut> ProcessorSupplier<KIn, VIn, KOut, VOut> noting(
            ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
        return () -> new Noting<>(supplier.get());
    }

    /**
     * How long the thread may leave its consumer alone before the next poll. A broker answers a fetch as soon as it has one record; what is
     * fetched one by one costs several times as much, and is not readable before the next commit anyway.
     */
    Duration pause(Duration timeout) {
        if (uncommitted.isEmpty() || !fewFetched) {
            return Duration.ZERO;
        }
        var rest = pace.remaining(clock.getAsLong()) - LAST_POLLS;
        return rest <= 0 ? Duration.ZERO : min(Duration.ofNanos(rest), timeout);
    }

    /** How long the next poll may wait for records; requests a commit if it is time. */
    Duration beforePoll(Duration timeout) {
        if (uncommitted.isEmpty()) {
            return timeout;
        }
        var rest = pace.remaining(clock.getAsLong());
        if (rest <= 0) {
            var wait = requested ? POSTPONED : Duration.ZERO;
            requestCommit();
            return min(wait, timeout);
        }
        return min(Duration.ofNanos(rest), timeout);
    }

    private static Duration min(Duration first, Duration second) {
        return first.compareTo(second) < 0 ? first : second;
    }

    /**
     * Requests a commit if nothing was fetched and it is time.
     *
     * @param fetched number of records that the poll returned
     */
    void afterPoll(int fetched) {
        fewFetched = fetched <= FEW;
        if (fetched == 0 && !uncommitted.isEmpty() && isTime()) {
            requestCommit();
        }
    }

    private boolean isTime() {
        return pace.remaining(clock.getAsLong()) <= 0;
    }

    private void requestCommit() {
        requested = true;
        uncommitted.forEach(Runnable::run);
    }

    /** A step of a commit: what it takes is a cost of the commit. */
    void spend(Runnable step) {
        var began = clock.getAsLong();
        step.run();
        spent += clock.getAsLong() - began;
    }

    /** The transaction, of all tasks of the thread, was committed or aborted. */
    void ended() {
        pace.committed(spent, clock.getAsLong());
        spent = 0;
        requested = false;
        uncommitted.clear();
    }

    /** @param commit requests the commit of the task that has processed a record; always the same object for a task */
    void processed(Runnable commit) {
        uncommitted.add(commit);
    }

    /** The task of this request is no longer a task of the thread. */
    void closed(Runnable commit) {
        uncommitted.remove(commit);
    }

    private static final class Noting<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {
        private final Processor<KIn, VIn, KOut, VOut> processor;
        private @Nullable Runnable commit;

        Noting(Processor<KIn, VIn, KOut, VOut> processor) {
            this.processor = processor;
        }

        @Override
        public void init(ProcessorContext<KOut, VOut> ofTask) {
            commit = ofTask::commit;
            processor.init(ofTask);
        }

        @Override
        public void process(Record<KIn, VIn> record) {
            processor.process(record);
            ofThread().processed(Objects.requireNonNull(commit));
        }

        @Override
        public void close() {
            if (commit != null) {
                ofThread().closed(commit);
            }
            processor.close();
        }
    }
}
