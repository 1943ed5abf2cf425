package ipn.query.conservation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import ipn.operations.conservation.ConservationReport.Finding;
import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.conservation.RollingCheck;
import ipn.runtime.SafeCause;
import ipn.runtime.metrics.Metric;
import ipn.runtime.process.StoppableThread;
import ipn.topics.KafkaSettings;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks some raw records at a time, and shows how far the check is and what it has found. It stands in this stage because it must not share the
 * faults of the stages that it checks, and because this one reads all of their topics anyway.
 */
public final class ConservationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConservationWatch.class);

    private final RollingCheck check;
    private final Map<Kind, Counter> findings = new EnumMap<>(Kind.class);
    private final Counter records;
    private final StoppableThread thread = new StoppableThread("query-conservation", this::run);
    private volatile double checkedTo;
    private boolean failed;

    private ConservationWatch(RollingCheck check, MeterRegistry meters) {
        this.check = check;
        for (var kind : Kind.values()) {
            findings.put(kind, Metric.CONSERVATION_FINDINGS.counter(meters, kind.name()));
        }
        records = Metric.CONSERVATION_RECORDS.counter(meters);
    }

    /** Begins, unless the settings say that nothing is checked. */
    public static AutoCloseable start(
            KafkaSettings kafka, ConservationSettings settings, MeterRegistry meters, Clock clock) {
        if (settings.perSecond() == 0) {
            return () -> {};
        }
        var check = new RollingCheck(kafka, kafka.serdes(), settings.stages(), settings.pace(), clock);
        var watch = new ConservationWatch(check, meters);
        watch.checkedTo = clock.millis() / 1e3;
        Metric.CONSERVATION_CHECKED_SECONDS.gauge(meters, watch, each -> each.checkedTo);
        watch.thread.start();
        return watch;
    }

    private void run() {
        while (!thread.isClosing(ConservationSettings.EVERY)) {
            try {
                step();
                failed = false;
            } catch (RuntimeException e) {
                report(e);
            }
        }
    }

    private void step() {
        var step = check.next();
        records.increment(step.records());
        step.report().findings().forEach(this::note);
        check.checkedTo().ifPresent(time -> checkedTo = time.toEpochMilli() / 1e3);
    }

    private void note(Finding finding) {
        Objects.requireNonNull(findings.get(finding.kind())).increment();
        LOG.atError()
                .addKeyValue("kind", finding.kind())
                .addKeyValue("topic", finding.at().topic())
                .addKeyValue("partition", finding.at().partition())
                .addKeyValue("offset", finding.at().offset())
                .log("Conservation is broken: " + finding.kind().meaning());
    }

    /** Once; how far the check is shows how long it has failed. */
    private void report(RuntimeException failure) {
        if (!failed && !thread.isClosing()) {
            failed = true;
            LOG.atWarn()
                    .addKeyValue("cause", SafeCause.describe(failure))
                    .log("Conservation could not be checked; tried again");
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
