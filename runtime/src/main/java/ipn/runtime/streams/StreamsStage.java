package ipn.runtime.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import ipn.polling.Polling;
import ipn.runtime.SafeCause;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Streams topology: start, replacement of failed threads, readiness, stop. Thread-safe. */
public final class StreamsStage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsStage.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    /** After running this long without a failure, earlier failures no longer count. */
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    /** More failures than this, without a longer run in between, stop the stage: replacing threads does not help. */
    private static final int FAILURES_MAX = 50;

    private final String name;
    private final KafkaStreams streams;
    private final int deathsMax;
    private final Counter threadFailures;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> whenReady = new AtomicReference<>();
    private volatile long runningSince = System.nanoTime();

    private StreamsStage(String name, KafkaStreams streams, int deathsMax, Counter threadFailures) {
        this.threadFailures = threadFailures;
        this.name = name;
        this.streams = streams;
        this.deathsMax = deathsMax;
    }

    /** Starts the topology without waiting until it is {@link #ready()}. */
    public static StreamsStage start(
            String name,
            Topology topology,
            StreamsConfiguration configuration,
            KafkaSettings kafka,
            MeterRegistry meters) {
        return start(name, topology, configuration, kafka, meters, FAILURES_MAX);
    }

    static StreamsStage start(
            String name,
            Topology topology,
            StreamsConfiguration configuration,
            KafkaSettings kafka,
            MeterRegistry meters,
            int deathsMax) {
        var properties = configuration.properties(kafka, instanceId(configuration));
        var failed = meters.counter("ipn.stage.thread.failures", "stage", name);
        var stage =
                new StreamsStage(name, new KafkaStreams(topology, properties, new PacedClients()), deathsMax, failed);
        stage.streams.setUncaughtExceptionHandler(stage::onFailure);
        stage.streams.setStateListener((now, before) -> stage.onState(now));
        meters.gauge("ipn.stage.running", List.of(Tag.of("stage", name)), stage, each -> each.ready() ? 1 : 0);
        stage.streams.start();
        return stage;
    }

    /** True while it processes records; false while it starts, rebalances, restores, is paused or stops, and after it failed. */
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING && !streams.isPaused();
    }

    /** True from a {@link StagePauseException} until it ends: it keeps its place in the group, and processes nothing. */
    public boolean isPaused() {
        return streams.isPaused();
    }

    /** Name of the state of the Streams client. */
    public String state() {
        return streams.state().name();
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
            return OptionalLong.of(
                    streams.store(StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.keyValueStore()))
                            .approximateNumEntries());
        } catch (InvalidStateStoreException e) {
            return OptionalLong.empty();
        }
    }

    /** Waits until it has stopped, by {@link #close()} or because it failed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Waits until it is ready; false if it is not by the timeout, or has ended. */
    public boolean awaitReady(Duration timeout) {
        Polling.upTo(timeout).until(() -> ready() || ended.getCount() == 0);
        return ready();
    }

    private StreamThreadExceptionResponse onFailure(Throwable cause) {
        if (StagePauseException.isIn(cause)) {
            // the new thread keeps its place in the group, and processes nothing
            streams.pause();
            LOG.atError().addKeyValue("stage", name).log("Stage pauses until it is started again");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (System.nanoTime() - runningSince > HEALTHY.toNanos()) {
            failures.set(0);
        }
        threadFailures.increment();
        var count = failures.incrementAndGet();
        LOG.atError()
                .addKeyValue("stage", name)
                .addKeyValue("failures", count)
                .addKeyValue("cause", SafeCause.chain(cause))
                .log(
                        count <= FAILURES_MAX
                                ? "Stream thread failed; replaced it"
                                : "Stream thread failed too often; stopping the stage");
        return count <= deathsMax
                ? StreamThreadExceptionResponse.REPLACE_THREAD
                : StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private void onState(KafkaStreams.State now) {
        LOG.atInfo().addKeyValue("stage", name).addKeyValue("state", now).log("Stage changed state");
        if (now == KafkaStreams.State.RUNNING) {
            runningSince = System.nanoTime();
            runWhenReady();
        }
        if (now.hasCompletedShutdown()) {
            ended.countDown();
        }
    }

    @Override
    public void close() {
        if (!streams.close(CLOSE_TIMEOUT)) {
            LOG.atWarn()
                    .addKeyValue("stage", name)
                    .log("Stage did not stop within %d s; the broker aborts its open transactions"
                            .formatted(CLOSE_TIMEOUT.toSeconds()));
        }
        ended.countDown();
    }

    /** An id that this instance keeps over restarts and crashes, because it is stored with its state. */
    private static String instanceId(StreamsConfiguration configuration) {
        var file = configuration.stateDir().resolve(configuration.applicationId() + ".instance");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(configuration.stateDir());
                Files.writeString(file, UUID.randomUUID().toString());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "state-dir: %s cannot be written (expected: a folder that only this stage uses)"
                            .formatted(configuration.stateDir()),
                    e);
        }
    }
}
