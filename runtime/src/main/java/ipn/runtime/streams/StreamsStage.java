package ipn.runtime.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import ipn.polling.Polling;
import ipn.runtime.SafeCause;
import ipn.runtime.lag.LagWatch;
import ipn.runtime.metrics.KafkaMeters;
import ipn.runtime.metrics.Metric;
import ipn.runtime.streams.ProgressWatch.Cause;
import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Streams topology: start, replacement of failed threads and of clients without progress, readiness, stop. Thread-safe. */
public final class StreamsStage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsStage.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    /** After running this long without a failure, earlier failures no longer count. */
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    /** More failures than this, without a longer run in between, stop the stage: replacing threads does not help. */
    private static final int FAILURES_MAX = 50;

    /** A stage that has had work for so long, and made no progress, has stalled. */
    private static final Duration STALL = Duration.ofSeconds(30);

    private static final Duration REPLACE_TIMEOUT = Duration.ofSeconds(10);

    private final String name;
    private final Supplier<StreamsClient> clients;
    private final Limits limits;
    private final Counter threadFailures;
    private final Map<Cause, Counter> replacements = new EnumMap<>(Cause.class);
    private final LagWatch lag;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> whenReady = new AtomicReference<>();
    private final ProgressWatch watch;
    private volatile StreamsClient client;
    private volatile boolean replacing;
    private volatile boolean closing;
    private volatile long runningSince = System.nanoTime();

    /**
     * When a stage gives up.
     *
     * @param failures more of failed threads, without a longer run in between, stop the stage
     * @param stall after so long without progress its clients are replaced
     */
    record Limits(int failures, Duration stall) {
        static final Limits DEFAULT = new Limits(FAILURES_MAX, STALL);
    }

    private StreamsStage(
            String name,
            Supplier<StreamsClient> clients,
            Supplier<LagWatch> lag,
            Properties kafka,
            MeterRegistry meters,
            Limits limits) {
        this.name = name;
        this.clients = clients;
        this.limits = limits;
        threadFailures = Metric.STAGE_THREAD_FAILURES.counter(meters, name);
        for (var cause : Cause.values()) {
            replacements.put(cause, Metric.STAGE_REPLACEMENTS.counter(meters, name, cause.label()));
        }
        this.client = clients.get();
        this.watch = new ProgressWatch(name, limits.stall(), kafka, () -> client, this::replace);
        this.lag = lag.get();
    }

    /** Starts the topology without waiting until it is {@link #ready()}. */
    public static StreamsStage start(
            String name,
            Topology topology,
            StreamsConfiguration configuration,
            KafkaSettings kafka,
            MeterRegistry meters) {
        return start(name, topology, configuration, kafka, meters, Limits.DEFAULT);
    }

    static StreamsStage start(
            String name,
            Topology topology,
            StreamsConfiguration configuration,
            KafkaSettings kafka,
            MeterRegistry meters,
            Limits limits) {
        var properties = configuration.properties(kafka, configuration.instanceId());
        Supplier<StreamsClient> clients = () -> new StreamsClient(topology, properties);
        Supplier<LagWatch> lag = () ->
                LagWatch.start(name, kafka, configuration.applicationId(), StreamsClient.sources(topology), meters);
        var stage = new StreamsStage(name, clients, lag, kafka.client(), meters, limits);
        Metric.STAGE_RUNNING.gauge(meters, stage, each -> each.ready() ? 1 : 0, name);
        Metric.STAGE_STALLED.gauge(meters, stage, each -> each.watch.stalled() ? 1 : 0, name);
        KafkaMeters.ofStreams(name, () -> stage.client.streams().metrics(), meters);
        stage.start();
        return stage;
    }

    /** True from a {@link StagePauseException} until it ends: it keeps its place in the group, and processes nothing. */
    public boolean isPaused() {
        return client.streams().isPaused();
    }

    private void start() {
        try {
            start(client);
        } catch (StreamsException e) {
            if (!DamagedState.isIn(e)) {
                throw e;
            }
            replace(Cause.DAMAGE, "a store cannot be opened");
        }
        watch.start();
    }

    private void start(StreamsClient started) {
        var streams = started.streams();
        streams.setUncaughtExceptionHandler(this::onFailure);
        streams.setStateListener((now, before) -> onState(started, now));
        streams.start();
    }

    /** True while it processes records; false while it starts, rebalances, restores, makes no progress, is paused or stops, and after it failed. */
    public boolean ready() {
        return condition() == Condition.RUNNING;
    }

    /** What is missing until it processes records; empty if nothing is. */
    public Optional<String> missing() {
        return Optional.of(condition().missing()).filter(missing -> !missing.isEmpty());
    }

    private Condition condition() {
        if (hasEnded()) {
            return Condition.ENDED;
        } else if (watch.stalled()) {
            return Condition.STALLED;
        } else if (replacing) {
            return Condition.REPLACING;
        } else if (watch.kafkaAway()) {
            return Condition.KAFKA_AWAY;
        }
        return client.condition();
    }

    /** Name of the state of the Streams client. */
    public String state() {
        return client.streams().state().name();
    }

    /** Runs once, as soon as it processes records: its state is restored then. */
    public void onceReady(Runnable action) {
        whenReady.set(action);
        if (ready()) {
            runWhenReady();
        }
    }

    private void runWhenReady() {
        var action = whenReady.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }

    /** About how many entries this instance has in a key-value store; empty while its state moves. */
    public OptionalLong entries(String store) {
        try {
            return OptionalLong.of(client.streams()
                    .store(StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.keyValueStore()))
                    .approximateNumEntries());
        } catch (InvalidStateStoreException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether it has stopped, by {@link #close()} or because it failed. */
    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Waits until it has stopped, by {@link #close()} or because it failed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Waits until it is ready; false if it is not by the timeout, or has ended. */
    public boolean awaitReady(Duration timeout) {
        Polling.upTo(timeout).until(() -> ready() || hasEnded());
        return ready();
    }

    private StreamThreadExceptionResponse onFailure(Throwable cause) {
        if (StagePauseException.isIn(cause)) {
            // the new thread keeps its place in the group, and processes nothing
            client.streams().pause();
            LOG.atError().addKeyValue("stage", name).log("Stage pauses until it is started again");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (System.nanoTime() - runningSince > HEALTHY.toNanos()) {
            failures.set(0);
        }
        if (DamagedState.isIn(cause)) {
            watch.stateIsDamaged();
        }
        threadFailures.increment();
        var count = failures.incrementAndGet();
        var replaces = count <= limits.failures();
        LOG.atError()
                .addKeyValue("stage", name)
                .addKeyValue("failures", count)
                .addKeyValue("cause", SafeCause.chain(cause))
                .log(
                        replaces
                                ? "Stream thread failed; replaced it"
                                : "Stream thread failed too often; stopping the stage");
        return replaces ? StreamThreadExceptionResponse.REPLACE_THREAD : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private void onState(StreamsClient changed, KafkaStreams.State now) {
        LOG.atInfo().addKeyValue("stage", name).addKeyValue("state", now).log("Stage changed state");
        if (now == KafkaStreams.State.RUNNING) {
            runningSince = System.nanoTime();
            runWhenReady();
        }
        if (now.hasCompletedShutdown() && changed == client && !replacing) {
            ended.countDown();
        }
    }

    /** Called by the watch, and by a start that finds damaged state. The new client has new deadlines, and a place of its own in the group. */
    private void replace(Cause cause, String detail) {
        replacing = true;
        try {
            if (closing) {
                return;
            }
            LOG.atWarn()
                    .addKeyValue("stage", name)
                    .addKeyValue("reason", detail)
                    .log(cause.log());
            if (!client.end(REPLACE_TIMEOUT, cause.leaves())) {
                throw new IllegalStateException("its threads did not end");
            }
            if (!closing && !hasEnded()) {
                client = clients.get();
                if (cause.deletesState()) {
                    client.streams().cleanUp();
                }
                start(client);
                Objects.requireNonNull(replacements.get(cause)).increment();
            }
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("stage", name)
                    .addKeyValue("cause", SafeCause.chain(e))
                    .log("Kafka clients could not be replaced; stopping the stage");
            ended.countDown();
        } finally {
            replacing = false;
        }
    }

    @Override
    public void close() {
        closing = true;
        lag.close();
        watch.stop();
        if (replacing) {
            watch.awaitEnd();
        }
        if (!client.streams().close(CLOSE_TIMEOUT)) {
            LOG.atWarn()
                    .addKeyValue("stage", name)
                    .log("Stage did not stop within %d s; the broker aborts its open transactions"
                            .formatted(CLOSE_TIMEOUT.toSeconds()));
        }
        ended.countDown();
    }
}
