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

    private final LongSupplier clock;
    private final CommitPace pace;
    /** The contexts of tasks that have processed records since the last commit. */
    private final Set<ProcessorContext<?, ?>> uncommitted = Collections.newSetFromMap(new IdentityHashMap<>());

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

    /** How long the next poll may wait for records; requests a commit if it is time. */
    Duration beforePoll(Duration timeout) {
        if (uncommitted.isEmpty()) {
            return timeout;
        }
        if (isTime()) {
            requestCommit();
            return Duration.ZERO;
        }
        var remaining = Duration.ofNanos(pace.remaining(clock.getAsLong()));
        return remaining.compareTo(timeout) < 0 ? remaining : timeout;
    }

    /** Nothing was fetched: requests a commit if it is time. */
    void afterEmptyPoll() {
        if (!uncommitted.isEmpty() && isTime()) {
            requestCommit();
        }
    }

    private boolean isTime() {
        return pace.remaining(clock.getAsLong()) <= 0;
    }

    private void requestCommit() {
        uncommitted.forEach(ProcessorContext::commit);
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
        uncommitted.clear();
    }

    private void processed(ProcessorContext<?, ?> context) {
        uncommitted.add(context);
    }

    private void closed(ProcessorContext<?, ?> context) {
        uncommitted.remove(context);
    }

    private static final class Noting<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {
        private final Processor<KIn, VIn, KOut, VOut> processor;
        private @Nullable ProcessorContext<KOut, VOut> context;

        Noting(Processor<KIn, VIn, KOut, VOut> processor) {
            this.processor = processor;
        }

        @Override
        public void init(ProcessorContext<KOut, VOut> ofTask) {
            context = ofTask;
            processor.init(ofTask);
        }

        @Override
        public void process(Record<KIn, VIn> record) {
            processor.process(record);
            ofThread().processed(Objects.requireNonNull(context));
        }

        @Override
        public void close() {
            if (context != null) {
                ofThread().closed(context);
            }
            processor.close();
        }
    }
}
