package ipn.processor;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.drift.DriftDetector;
import ipn.drift.Finding;
import ipn.gateway.GatewayAccount;
import ipn.report.ToolRecord;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts where notifications differ from what is known of their gateway, and logs each difference once. It only observes: the
 * notification has been decided already.
 */
final class DriftMeter {
    private static final Logger LOG = LoggerFactory.getLogger(DriftMeter.class);
    /** Differences logged, once each: a bound on memory and log. */
    private static final int LOGGED_MAX = 1_000;

    private final DriftDetector detector;
    private final MeterRegistry meters;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    DriftMeter(DriftDetector detector, MeterRegistry meters) {
        this.detector = detector;
        this.meters = meters;
    }

    void look(GatewayAccount account, RawRecord raw) {
        if (ToolRecord.in(raw.stored()).isPresent()) {
            return; // our own format, not the gateway's
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
            meters.counter("ipn.processor.drift.failures").increment();
        }
    }

    private void note(String gateway, String type, Finding finding) {
        meters.counter(
                        "ipn.processor.drift",
                        "gateway",
                        gateway,
                        "type",
                        type,
                        "kind",
                        finding.kind().name())
                .increment();
        if (logged.size() < LOGGED_MAX && logged.add(gateway + " " + type + " " + finding)) {
            LOG.atWarn()
                    .addKeyValue("gateway", gateway)
                    .addKeyValue("type", type)
                    .addKeyValue("kind", finding.kind())
                    .addKeyValue("field", finding.field())
                    .log("A gateway's notification differs from what is known of it; see ipn gateways drift");
        }
    }
}
