package ipn.runtime.lag;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.runtime.metrics.Metric;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the lag of a stage regularly and shows it, also while the stage does not run. */
public final class LagWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LagWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final LagReader reader;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Lag newest;

    private LagWatch(LagReader reader, String stage, Clock clock) {
        this.reader = reader;
        this.clock = clock;
        this.thread = new Thread(this::run, "lag-of-" + stage);
        thread.setDaemon(true);
    }

    /**
     * Starts to read.
     *
     * @param group consumer group of the stage
     * @param topics that the stage reads
     */
    public static LagWatch start(
            String stage, KafkaSettings kafka, String group, Set<String> topics, MeterRegistry meters) {
        var clock = Clock.systemUTC();
        var watch = new LagWatch(new LagReader(kafka, group, topics, clock), stage, clock);
        topics.forEach(
                topic -> Metric.STAGE_LAG_RECORDS.gauge(meters, watch, each -> each.records(topic), stage, topic));
        Metric.STAGE_OLDEST_UNPROCESSED_SECONDS.gauge(meters, watch, LagWatch::age, stage);
        Metric.STAGE_LAG_READ_SECONDS.gauge(meters, watch, LagWatch::readAt, stage);
        watch.thread.start();
        return watch;
    }

    private double records(String topic) {
        return known().map(lag -> (double) lag.records().getOrDefault(topic, 0L))
                .orElse(Double.NaN);
    }

    private double age() {
        return known().map(lag -> lag.oldest()
                        .map(oldest -> seconds(Duration.between(oldest, clock.instant())))
                        .orElse(0.0))
                .orElse(Double.NaN);
    }

    private double readAt() {
        return known().map(lag -> seconds(Duration.between(Instant.EPOCH, lag.readAt())))
                .orElse(0.0);
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toMillis()) / 1_000.0;
    }

    private Optional<Lag> known() {
        return Optional.ofNullable(newest);
    }

    private void run() {
        try (reader) {
            do {
                read();
            } while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** While Kafka does not answer, what was read before stays, with the time of its reading. */
    private void read() {
        try {
            newest = reader.read();
        } catch (KafkaException e) {
            LOG.debug("The lag could not be read", e);
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        reader.wakeup();
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
