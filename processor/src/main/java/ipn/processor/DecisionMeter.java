package ipn.processor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import ipn.avro.Outcome;
import ipn.drift.DriftDetector;
import ipn.gateway.Accounts;
import ipn.runtime.metrics.Metric;
import ipn.topics.Reason;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Counts outcomes by gateway, kind and reason, by event type, and results of the second verification, and measures the time until the outcome.
 * Names come from closed lists, so the number of series has a bound. Thread-safe.
 */
final class DecisionMeter {
    private final MeterRegistry meters;
    private final Supplier<Accounts> accounts;
    private final EventTypeMeter types;
    private final Timer received;
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();

    /** One series of a counter: looked up once, because every record counts. */
    private record Series(Metric metric, String gateway, String kind, String reason) {}

    /** @param known the event types of each gateway */
    DecisionMeter(MeterRegistry meters, Supplier<Accounts> accounts, DriftDetector known) {
        this.meters = meters;
        this.accounts = accounts;
        this.types = new EventTypeMeter(meters, accounts, known);
        this.received = Metric.PROCESSOR_RECEIVED_TO_OUTCOME.timer(meters);
    }

    /** @param leftOut facts that are not kept */
    void count(Outcome outcome, int leftOut) {
        var gateway = gateway(outcome);
        if (leftOut > 0) {
            Metric.PROCESSOR_FACTS_LEFT_OUT.counter(meters, gateway).increment(leftOut);
        }
        count(new Series(
                Metric.PROCESSOR_REVERIFICATIONS,
                gateway,
                outcome.getReverification().name(),
                ""));
        count(new Series(
                Metric.PROCESSOR_OUTCOMES,
                gateway,
                outcome.getKind().name(),
                Objects.requireNonNullElse(outcome.getReason(), "")));
        types.count(outcome);
        if (outcome.getReceivedAt() != null) {
            var now = meters.config().clock().wallTime();
            received.record(Math.max(0, now - outcome.getReceivedAt().toEpochMilli()), TimeUnit.MILLISECONDS);
        }
    }

    private void count(Series series) {
        counters.computeIfAbsent(series, this::counter).increment();
    }

    private Counter counter(Series series) {
        return series.metric() == Metric.PROCESSOR_OUTCOMES
                ? series.metric().counter(meters, series.gateway(), series.kind(), series.reason())
                : series.metric().counter(meters, series.gateway(), series.kind());
    }

    /** A record that is refused before its account is looked up may name any gateway. */
    private String gateway(Outcome outcome) {
        return Reason.WRONG_ACCOUNT.name().equals(outcome.getReason())
                        || !accounts.get().hasGateway(outcome.getGateway())
                ? "unknown"
                : outcome.getGateway();
    }
}
