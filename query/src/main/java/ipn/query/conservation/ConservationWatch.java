package ipn.query.conservation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import ipn.operations.conservation.ConservationReport.Finding;
import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.conservation.RollingCheck;
import ipn.operations.conservation.RollingCheck.Step;
import ipn.runtime.SafeCause;
import ipn.runtime.metrics.Metric;
import ipn.runtime.process.StoppableThread;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a window of raw records at a time, and shows how far the check is and what it has found. It is part of this stage because it must not fail
 * together with the stages that it checks, and because this stage reads all of their topics already.
 */
public final class ConservationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConservationWatch.class);

    private final Check check;
    private final Clock clock;
    private final Duration every;
    private final Map<Kind, Counter> findings = new EnumMap<>(Kind.class);
    private final Counter records;
    private final Counter skipped;
    private final StoppableThread thread = new StoppableThread("query-conservation", this::run);
    private volatile double checkedTo;
    private List<String> reported = List.of();
    private Instant failedAt = Instant.EPOCH;

    /**
     * What is done in each step.
     *
     * @param step the next one
     * @param checkedTo up to when everything is checked; empty: not known yet
     * @param end afterwards
     */
    record Check(Supplier<Step> step, Supplier<Optional<Instant>> checkedTo, Runnable end) {
        static Check of(RollingCheck check) {
            return new Check(check::next, check::checkedTo, check::close);
        }
    }

    private ConservationWatch(Check check, MeterRegistry meters, Clock clock, Duration every) {
        this.check = check;
        this.clock = clock;
        this.every = every;
        for (var kind : Kind.values()) {
            findings.put(kind, Metric.CONSERVATION_FINDINGS.counter(meters, kind.name()));
        }
        records = Metric.CONSERVATION_RECORDS.counter(meters);
        skipped = Metric.CONSERVATION_SKIPPED.counter(meters);
        checkedTo = clock.millis() / 1e3;
    }

    /** Begins, unless the settings say that nothing is checked. */
    public static AutoCloseable start(
            KafkaSettings kafka, ConservationSettings settings, MeterRegistry meters, Clock clock) {
        if (settings.perSecond() == 0) {
            return () -> {};
        }
        var check = new RollingCheck(kafka, kafka.serdes(), settings.stages(), settings.pace(), clock);
        return start(Check.of(check), meters, clock, ConservationSettings.EVERY);
    }

    /** Begins with another check, at another pace. */
    static ConservationWatch start(Check check, MeterRegistry meters, Clock clock, Duration every) {
        var watch = new ConservationWatch(check, meters, clock, every);
        Metric.CONSERVATION_CHECKED_SECONDS.gauge(meters, watch, each -> each.checkedTo);
        watch.thread.start();
        return watch;
    }

    private void run() {
        while (!thread.isClosing(every)) {
            try {
                count(check.step().get());
                noteRecovery();
            } catch (RuntimeException e) {
                report(e);
            }
        }
        check.end().run();
    }

    private void count(Step step) {
        records.increment(step.records());
        skipped.increment(step.skipped());
        step.findings()
                .counts()
                .forEach((kind, count) ->
                        Objects.requireNonNull(findings.get(kind)).increment(count));
        step.findings().first().forEach(ConservationWatch::log);
        check.checkedTo().get().ifPresent(time -> checkedTo = time.toEpochMilli() / 1e3);
    }

    private static void log(Finding finding) {
        LOG.atError()
                .addKeyValue("kind", finding.kind())
                .addKeyValue("topic", finding.at().topic())
                .addKeyValue("partition", finding.at().partition())
                .addKeyValue("offset", finding.at().offset())
                .log("Conservation is broken: " + finding.kind().meaning());
    }

    /** Once for each cause: it tries again, with another partition first, so that steps that succeed may come in between. */
    private void report(RuntimeException failure) {
        var cause = SafeCause.chain(failure);
        failedAt = clock.instant();
        if (!cause.equals(reported) && !thread.isClosing()) {
            reported = cause;
            LOG.atWarn().addKeyValue("cause", cause).log("Conservation could not be checked; tried again");
        }
    }

    /** It has recovered when all partitions are checked up to the last failure. */
    private void noteRecovery() {
        if (!reported.isEmpty() && checkedTo > failedAt.toEpochMilli() / 1e3) {
            reported = List.of();
            LOG.info("Conservation is checked again");
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
