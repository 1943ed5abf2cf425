package ipn.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.ingress.http.ErrorResponse;
import ipn.runtime.metrics.Metric;
import java.time.Duration;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * For how long the gateway of an account still sends what was refused, from its documented schedule: counted from the first notification that got 503, or
 * 401, and was perhaps not stored since. What this instance does not know makes the time look longer: what others refused, and what it refused before it
 * started.
 */
final class RetryClock {
    /** A gateway sends again after minutes at first. */
    private static final Duration QUIET = Duration.ofHours(1);

    private static final String ACKNOWLEDGED = "acknowledged";
    private static final Set<String> UNAVAILABLE = Set.of(
            ErrorResponse.BUSY.outcome(),
            ErrorResponse.UNDECIDED.outcome(),
            ErrorResponse.UNPUBLISHED.outcome(),
            ErrorResponse.OVERDUE.outcome(),
            ErrorResponse.FAILED.outcome());

    private final MeterRegistry registry;
    private final String gateway;
    private final String account;
    private final Optional<Duration> retries;
    private final Refused unavailable = new Refused(QUIET.toMillis());
    /** Strangers are refused at any time; what is authentic shows that the secret is right. */
    private final Refused notAuthentic = new Refused(0);

    private final Unstored unstored = new Unstored();
    private final Set<String> shown = new HashSet<>();

    RetryClock(MeterRegistry registry, String gateway, String account, Optional<Duration> retries) {
        this.registry = registry;
        this.gateway = gateway;
        this.account = account;
        this.retries = retries;
    }

    /** Shows it; once for each account. */
    RetryClock show() {
        Metric.INGRESS_RETRY_LEFT_SECONDS.gauge(registry, this, each -> each.left(503), gateway, account, "503");
        Metric.INGRESS_RETRY_LEFT_SECONDS.gauge(registry, this, each -> each.left(401), gateway, account, "401");
        Metric.INGRESS_UNSTORED.gauge(registry, this, each -> each.unstored(), gateway, account);
        return this;
    }

    /** A request ended so. */
    void note(String outcome) {
        if (outcome.equals(ACKNOWLEDGED)) {
            unavailable.acknowledged();
            notAuthentic.acknowledged();
        } else if (UNAVAILABLE.contains(outcome)) {
            noteUnavailable();
        } else if (outcome.equals(ErrorResponse.NOT_AUTHENTIC.outcome())) {
            notAuthentic.note(now());
        }
    }

    private void noteUnavailable() {
        if (unavailable.note(now())) {
            unstored.clear();
        }
    }

    /** Authentic notifications could not be stored. */
    void notStored(GatewayAccount of, Delivery delivery, List<Item> items) {
        noteUnavailable();
        unstored.add(of, delivery, items);
        unstored.currencies().forEach(this::showMoney);
    }

    void stored(List<Item> items) {
        unstored.remove(items);
    }

    private synchronized void showMoney(String currency) {
        if (shown.add(currency)) {
            Metric.INGRESS_UNSTORED_MONEY.gauge(
                    registry, this, each -> each.money(currency), gateway, account, currency);
        }
    }

    private double unstored() {
        return unavailable.since(now()).isPresent() ? unstored.count() : 0;
    }

    private double money(String currency) {
        return unavailable.since(now()).isPresent()
                ? unstored.minorUnits(currency) / Math.pow(10, digits(currency))
                : 0;
    }

    private static int digits(String currency) {
        try {
            return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return 2;
        }
    }

    /**
     * Seconds until the gateway gives up the first one; not a number: none was refused, or nobody knows when it gives up.
     *
     * @param status of the response
     */
    double left(int status) {
        var since = status == ErrorResponse.NOT_AUTHENTIC.status() ? notAuthentic.since(now()) : sinceUnavailable();
        return since.isEmpty() || retries.isEmpty()
                ? Double.NaN
                : Math.max(0, retries.get().toMillis() - (now() - since.getAsLong())) / 1_000.0;
    }

    private OptionalLong sinceUnavailable() {
        return unavailable.since(now());
    }

    private long now() {
        return registry.config().clock().wallTime();
    }
}
