package ipn.runtime.streams;

import ipn.runtime.ClockSteps;
import ipn.runtime.SafeCause;
import ipn.runtime.streams.StallRule.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches whether a stage makes progress: what its threads fetched is committed, and they read to the ends of their inputs. A stage that has
 * nothing to do, restores its state or waits for Kafka has not stalled.
 */
final class ProgressWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressWatch.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    /** Kafka is asked once in so many ticks. */
    private static final int TICKS_PER_LOOK = 5;

    private static final int TICKS_PER_BOUND = 30;

    /** A store with much state takes time to open. */
    private static final int BOUNDS_TO_RESTORE = 10;

    /** Why the clients of a stage are replaced. */
    enum Cause {
        /** They leave the group first, so that it forgets them. */
        STALL("stall", true, "Stage makes no progress; replacing its Kafka clients"),
        CLOCK(
                "clock",
                false,
                "Wall clock was set back, and deadlines with it; replacing the Kafka clients of the stage"),
        /** State on disk. */
        DAMAGE("damage", true, "Local state is damaged; deleting it, and restoring it from its changelogs");

        private final String label;
        private final boolean leaves;
        private final String log;

        Cause(String label, boolean leaves, String log) {
            this.label = label;
            this.leaves = leaves;
            this.log = log;
        }

        /** Of the metric. */
        String label() {
            return label;
        }

        /** True if the clients leave their group before they are replaced. */
        boolean leaves() {
            return leaves;
        }

        String log() {
            return log;
        }

        /** True if the new clients begin without local state. */
        boolean deletesState() {
            return this == DAMAGE;
        }
    }

    /** Replaces the clients of a stage. */
    @FunctionalInterface
    interface Replacement {
        /** @param detail for the log */
        void replace(Cause cause, String detail);
    }

    private final String stage;
    private final Duration bound;
    private final Supplier<StreamsClient> client;
    private final Replacement replacement;
    private final InputEnds ends;
    private final ClockSteps clock = ClockSteps.fromNow();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private final StallRule rule;
    private volatile boolean stalled;
    private volatile boolean away;
    private volatile boolean damaged;
    private long awayAfter;
    private long waitsSince;
    private long prepared;
    private long ticks;

    /**
     * Starts to watch.
     *
     * @param bound after so long without progress a stage with work has stalled
     * @param client the one in use
     * @param replacement replaces it
     */
    ProgressWatch(
            String stage, Duration bound, Properties kafka, Supplier<StreamsClient> client, Replacement replacement) {
        this.stage = stage;
        this.bound = bound;
        this.client = client;
        this.replacement = replacement;
        ends = new InputEnds(kafka);
        var now = System.nanoTime();
        rule = new StallRule(bound, now);
        waitsSince = now;
        awayAfter = now + bound.toNanos();
        thread = new Thread(this::run, "progress-of-" + stage);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** True from when it stalled until it makes progress again. */
    boolean stalled() {
        return stalled;
    }

    /** True if Kafka has not answered for a while. */
    boolean kafkaAway() {
        return away;
    }

    /** Replaces the clients soon, because their local state is damaged. */
    void stateIsDamaged() {
        damaged = true;
    }

    private void run() {
        try (ends) {
            while (!stopped.await(bound.toNanos() / TICKS_PER_BOUND, TimeUnit.NANOSECONDS)) {
                tickSafely();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tickSafely() {
        try {
            tick(System.nanoTime());
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("stage", stage)
                    .addKeyValue("cause", SafeCause.chain(e))
                    .log("Unexpected error in the watch of progress; it continues");
        }
    }

    private void tick(long now) {
        var back = clock.setBack();
        if (damaged) {
            damaged = false;
            replacement.replace(Cause.DAMAGE, "a store cannot be read");
            waitsSince = System.nanoTime();
        } else if (!back.isZero()) {
            ends.close();
            replacement.replace(Cause.CLOCK, "back by " + back.toSeconds() + " s");
            waitsSince = System.nanoTime();
        } else if (ticks++ % TICKS_PER_LOOK == 0) {
            look(client.get(), now);
        }
    }

    private void look(StreamsClient watched, long now) {
        var answer = ends.of(watched.partitions());
        if (answer.isEmpty()) {
            away = now - awayAfter > 0;
            waitsSince = now;
            watched.progress().forEach(each -> each.waits(now));
            return;
        }
        away = false;
        awayAfter = now + bound.toNanos();
        judge(watched, answer.get(), now);
    }

    private void judge(StreamsClient watched, Map<TopicPartition, Long> inputEnds, long now) {
        var condition = watched.condition();
        if (condition == Condition.ENDED) {
            return;
        }
        var running = condition == Condition.RUNNING;
        if (running || condition == Condition.PAUSED || watched.prepared() != prepared) {
            prepared = watched.prepared();
            waitsSince = now;
        }
        var threads = watched.progress();
        threads.forEach(each -> {
            if (!running) {
                each.waits(now);
            } else if (!each.hasWork(inputEnds)) {
                each.rested(now);
            }
        });
        var patience = condition == Condition.RESTORING
                ? bound.multipliedBy(BOUNDS_TO_RESTORE - 1).toNanos()
                : 0;
        var still = threads.stream().mapToLong(each -> each.still(now)).max().orElse(0);
        var moved = running && threads.stream().allMatch(ThreadProgress::moved);
        var verdict = rule.judge(Math.max(now - waitsSince - patience, still), moved, now);
        stalled = verdict != Verdict.MOVES;
        if (verdict == Verdict.REPLACE) {
            replacement.replace(Cause.STALL, running ? "records wait" : condition.missing());
            waitsSince = System.nanoTime();
        }
    }

    /** No replacement begins any more. */
    void stop() {
        stopped.countDown();
    }

    /** Waits for a replacement in progress, after {@link #stop()}. */
    void awaitEnd() {
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
