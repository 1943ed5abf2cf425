package ipn.processor.watch;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.drift.DriftDetector;
import ipn.gateway.Accounts;
import ipn.processor.silence.WatchedStreams;
import ipn.runtime.SafeCause;
import ipn.runtime.process.StoppableThread;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns how often notifications come, and shows when they have not come for longer than is usual. One process of all reads; it stores what it learned
 * in its state folder, and another one that has to take over learns it again from {@code ipn.raw}.
 */
public final class SilenceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);
    private static final Duration CATCHING_UP = Duration.ofSeconds(1);
    private static final Duration ELECTED_EVERY = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final KafkaSettings kafka;
    private final StreamsConfiguration stage;
    private final Supplier<Accounts> accounts;
    private final Times times;
    private final Clock clock;
    private final LearnedFile file;
    private final SilenceMeters meters;
    private final DriftDetector types = DriftDetector.load();
    private final StoppableThread thread = new StoppableThread("ipn-silence-watch", this::run);

    /**
     * How often.
     *
     * @param judged silences are judged
     * @param stored what was learned is written
     */
    record Times(Duration judged, Duration stored) {}

    SilenceWatch(
            KafkaSettings kafka,
            StreamsConfiguration stage,
            Supplier<Accounts> accounts,
            MeterRegistry registry,
            Times times,
            Clock clock) {
        this.kafka = kafka;
        this.stage = stage;
        this.accounts = accounts;
        this.times = times;
        this.clock = clock;
        file = new LearnedFile(stage.stateDir().resolve(stage.applicationId() + ".silence.json"));
        meters = new SilenceMeters(registry);
    }

    /** Starts to watch; does not wait for Kafka. */
    public static SilenceWatch start(
            KafkaSettings kafka, StreamsConfiguration stage, Supplier<Accounts> accounts, MeterRegistry meters) {
        var times = new Times(Duration.ofSeconds(10), Duration.ofMinutes(10));
        return new SilenceWatch(kafka, stage, accounts, meters, times, Clock.systemUTC()).start();
    }

    SilenceWatch start() {
        thread.start();
        return this;
    }

    /** What is unusual, for people; empty: nothing. */
    public Optional<String> note() {
        return meters.note();
    }

    private void run() {
        while (!thread.isClosing()) {
            try {
                watchUntilClosed();
            } catch (InterruptException e) {
                return; // only close() interrupts, after its timeout
            } catch (WakeupException e) {
                LOG.atWarn()
                        .addKeyValue("stage", "processor")
                        .log(
                                "Wall clock was set back, and deadlines with it; replacing the Kafka clients that watch for silences");
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("stage", "processor")
                        .addKeyValue("cause", SafeCause.chain(e))
                        .log("Silences cannot be watched; it is tried again");
                thread.isClosing(AFTER_FAILURE);
            }
        }
    }

    private void watchUntilClosed() {
        var topic = kafka.topics().name(TopicCatalogue.RAW);
        try (var election = new Election(kafka, topic, stage.applicationId() + "-silence", stage.instanceId())) {
            while (!thread.isClosing()) {
                if (election.isElected()) {
                    watch(election);
                } else {
                    thread.isClosing(ELECTED_EVERY);
                }
            }
        }
    }

    /** Until another process is elected, or the topic gets more partitions. */
    private void watch(Election election) {
        var learned = file.read();
        var streams = new WatchedStreams(learned);
        try (var reading = new RawReading(kafka, streams, learned.readTo(), types, accounts, clock)) {
            var judged = System.nanoTime();
            var stored = judged;
            var isBehind = true;
            while (election.isElected() && !thread.isClosing()) {
                reading.read();
                var now = System.nanoTime();
                if (now - judged >= (isBehind ? CATCHING_UP : times.judged()).toNanos()) {
                    judged = now;
                    isBehind = judge(reading, streams);
                    if (reading.isOutdated()) {
                        break;
                    }
                }
                if (now - stored >= times.stored().toNanos()) {
                    stored = now;
                    file.write(streams.learned());
                }
            }
            file.write(streams.learned());
        } finally {
            meters.hide();
        }
    }

    /** Returns whether there is more to read. */
    private boolean judge(RawReading reading, WatchedStreams streams) {
        var began = clock.millis();
        var to = reading.settled();
        streams.advance(to);
        meters.show(streams.silences(to), to);
        return to < began;
    }

    @Override
    public void close() {
        thread.close();
    }
}
