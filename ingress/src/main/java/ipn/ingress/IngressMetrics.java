package ipn.ingress;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import ipn.gateway.AccountId;
import ipn.gateway.Verdict;
import ipn.ingress.admission.Waiting;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The meters of the stage. Labels come from the settings and from constants, never from a request. */
final class IngressMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10),
        Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Timer lag;
    private final AtomicInteger connections;

    IngressMetrics(MeterRegistry registry, ByteBudget budget, Waiting waiting) {
        this.registry = registry;
        this.connections = new AtomicInteger();
        this.lag = Timer.builder("ipn.ingress.event.loop.lag")
                .description("How late a timer on an event loop fires; every request on that loop is delayed as much")
                .register(registry);
        Gauge.builder("ipn.ingress.in.flight.bytes", budget, ByteBudget::reserved)
                .description("Bytes of all requests in flight; above ingress.in-flight-bytes-max the response is 503")
                .register(registry);
        Gauge.builder("ipn.ingress.waiting", waiting, Waiting::count)
                .description("Notifications that wait until Kafka has confirmed them")
                .register(registry);
        Gauge.builder("ipn.ingress.waiting.limit", waiting, Waiting::most)
                .description("How many may wait; fewer while a queue stands; above it the response is 503")
                .register(registry);
        Gauge.builder("ipn.ingress.connections", connections, AtomicInteger::get)
                .description("Open connections")
                .register(registry);
    }

    void readiness(BooleanSupplier ready) {
        Gauge.builder("ipn.ingress.ready", ready, it -> it.getAsBoolean() ? 1 : 0)
                .description("1 while notifications can be stored")
                .strongReference(true)
                .register(registry);
    }

    AtomicInteger connections() {
        return connections;
    }

    Timer lag() {
        return lag;
    }

    /** The meters of requests that belong to no account. */
    AccountMeters forUnknownAccount() {
        return forAccount("unknown", "unknown");
    }

    AccountMeters forAccount(String gateway, String account) {
        return new AccountMeters(
                registry,
                gateway,
                account,
                timer("ipn.ingress.request.duration", gateway, account),
                timer("ipn.ingress.publish.duration", gateway, account));
    }

    void rejected(AccountId account, Verdict.Reason reason, boolean published) {
        registry.counter(
                        "ipn.ingress.rejected",
                        "gateway",
                        account.gateway(),
                        "account",
                        account.account(),
                        "reason",
                        reason.name(),
                        "published",
                        Boolean.toString(published))
                .increment();
    }

    private Timer timer(String name, String gateway, String account) {
        return Timer.builder(name)
                .tags("gateway", gateway, "account", account)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
