package ipn.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import ipn.gateway.AccountId;
import ipn.gateway.Verdict;
import ipn.ingress.admission.Waiting;
import ipn.runtime.metrics.Metric;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The meters of the stage. Labels come from the settings and from constants, never from a request. */
final class IngressMetrics {
    private final MeterRegistry registry;
    private final Timer lag;
    private final AtomicInteger connections;

    IngressMetrics(MeterRegistry registry, ByteBudget budget, Waiting waiting, int connectionsMax) {
        this.registry = registry;
        this.connections = new AtomicInteger();
        this.lag = Metric.INGRESS_EVENT_LOOP_LAG.timer(registry);
        Metric.INGRESS_IN_FLIGHT_BYTES.gauge(registry, budget, ByteBudget::reserved);
        Metric.INGRESS_IN_FLIGHT_BYTES_LIMIT.gauge(registry, budget, ByteBudget::max);
        Metric.INGRESS_WAITING.gauge(registry, waiting, Waiting::count);
        Metric.INGRESS_WAITING_LIMIT.gauge(registry, waiting, Waiting::most);
        Metric.INGRESS_CONNECTIONS.gauge(registry, connections, AtomicInteger::get);
        Metric.INGRESS_CONNECTIONS_LIMIT.gauge(registry, connectionsMax, Integer::doubleValue);
    }

    void readiness(BooleanSupplier ready) {
        Metric.INGRESS_READY.gauge(registry, ready, it -> it.getAsBoolean() ? 1 : 0);
    }

    AtomicInteger connections() {
        return connections;
    }

    Timer lag() {
        return lag;
    }

    /** The meters of requests that belong to no account. */
    AccountMeters forUnknownAccount() {
        return meters("unknown", "unknown", new RetryClock(registry, "unknown", "unknown", Optional.empty()));
    }

    /** @param retries for how long its gateway sends again what was refused; empty: unknown */
    AccountMeters forAccount(String gateway, String account, Optional<Duration> retries) {
        var meters = meters(gateway, account, new RetryClock(registry, gateway, account, retries).show());
        Metric.INGRESS_LAST_STORED_SECONDS.gauge(registry, meters, AccountMeters::lastStored, gateway, account);
        return meters;
    }

    private AccountMeters meters(String gateway, String account, RetryClock retries) {
        return new AccountMeters(
                registry,
                gateway,
                account,
                Metric.INGRESS_REQUEST_DURATION.timer(registry, gateway, account),
                Metric.INGRESS_PUBLISH_DURATION.timer(registry, gateway, account),
                retries);
    }

    void rejected(AccountId account, Verdict.Reason reason, boolean published) {
        Metric.INGRESS_REJECTED
                .counter(registry, account.gateway(), account.account(), reason.name(), Boolean.toString(published))
                .increment();
    }
}
