package ipn.ingress;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import ipn.runtime.metrics.Metric;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The meters of one account, looked up once. */
final class AccountMeters {
    private final MeterRegistry registry;
    private final String gateway;
    private final String account;
    private final Timer request;
    private final Timer publish;
    private final Counter deferred;
    private final RetryClock retries;
    private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();
    private volatile long lastStoredMs;

    AccountMeters(
            MeterRegistry registry, String gateway, String account, Timer request, Timer publish, RetryClock retries) {
        this.registry = registry;
        this.retries = retries;
        this.gateway = gateway;
        this.account = account;
        this.request = request;
        this.publish = publish;
        this.deferred = Metric.INGRESS_DEFERRED.counter(registry, gateway, account);
    }

    String gateway() {
        return gateway;
    }

    String account() {
        return account;
    }

    RetryClock retries() {
        return retries;
    }

    void request(String outcome, long nanos) {
        retries.note(outcome);
        outcomes.computeIfAbsent(outcome, this::counter).increment();
        request.record(nanos, TimeUnit.NANOSECONDS);
    }

    void published(long nanos) {
        publish.record(nanos, TimeUnit.NANOSECONDS);
        lastStoredMs = registry.config().clock().wallTime();
    }

    /** When Kafka confirmed the newest notification, in seconds since 1970; 0: none yet. */
    double lastStored() {
        return lastStoredMs / 1_000.0;
    }

    void deferred() {
        deferred.increment();
    }

    private Counter counter(String outcome) {
        return Metric.INGRESS_REQUESTS.counter(registry, gateway, account, outcome);
    }
}
