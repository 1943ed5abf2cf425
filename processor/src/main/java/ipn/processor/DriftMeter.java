package ipn.processor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import ipn.drift.DriftDetector;
import ipn.drift.Finding;
import ipn.gateway.GatewayAccount;
import ipn.report.ToolRecord;
import ipn.runtime.metrics.Metric;
import ipn.runtime.traces.RecordStep;
import ipn.topics.Headers;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts where a sample of the notifications differs from what is known of their gateway, and logs each difference once. It only observes: the
 * notification has been decided already.
 */
final class DriftMeter {
    private static final Logger LOG = LoggerFactory.getLogger(DriftMeter.class);
    /** Of each event type, so many notifications are compared after a start, and then one of each {@link #THEN_ONE_OF}. */
    private static final int ALL_OF_THE_FIRST = 1_000;

    private static final int THEN_ONE_OF = 16;

    /** Differences logged, once each: a bound on memory and log. */
    private static final int LOGGED_MAX = 1_000;

    private final DriftDetector detector;
    private final MeterRegistry meters;
    private final Counter failures;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();
    private final Map<EventType, AtomicLong> seen = new ConcurrentHashMap<>();

    /** @param type one that the known schema contains, or {@code other} */
    private record EventType(String gateway, String type) {}

    DriftMeter(DriftDetector detector, MeterRegistry meters) {
        this.detector = detector;
        this.meters = meters;
        this.failures = Metric.PROCESSOR_DRIFT_FAILURES.counter(meters);
    }

    void look(GatewayAccount account, RawRecord raw) {
        if (ToolRecord.in(raw.stored()).isPresent()) {
            return; // our own format, not the gateway's
        }
        if (!isSampled(account.id().gateway(), raw)) {
            return;
        }
        try {
            var delivery = raw.delivery();
            var items = account.identify(delivery);
            var index = raw.itemIndex();
            if (index.isPresent() && index.getAsInt() < items.size()) {
                var item = items.get(index.getAsInt());
                var type = detector.knownType(account.id().gateway(), item.type());
                detector.findings(account, delivery, item)
                        .forEach(finding -> note(account.id().gateway(), type, finding));
            }
        } catch (RuntimeException | StackOverflowError e) {
            failures.increment();
        }
    }

    /** The comparison costs as much as the translation, and what changed is found in a sample too. */
    private boolean isSampled(String gateway, RawRecord raw) {
        var type = new EventType(
                gateway, detector.knownType(gateway, raw.header(Headers.CE_TYPE).orElse("")));
        var before = seen.computeIfAbsent(type, first -> new AtomicLong()).getAndIncrement();
        return before < ALL_OF_THE_FIRST || before % THEN_ONE_OF == 0;
    }

    private void note(String gateway, String type, Finding finding) {
        Metric.PROCESSOR_DRIFT
                .counter(meters, gateway, type, finding.kind().name())
                .increment();
        if (logged.size() < LOGGED_MAX && logged.add(gateway + " " + type + " " + finding)) {
            LOG.atWarn()
                    .addKeyValue("gateway", gateway)
                    .addKeyValue("type", type)
                    .addKeyValue("kind", finding.kind())
                    .addKeyValue("field", finding.field())
                    .addKeyValue("traceId", RecordStep.current().traceId())
                    .log("A gateway's notification differs from what is known of it; see ipn gateways drift");
        }
    }
}
