package ipn.processor;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.gateway.Accounts;
import ipn.processor.outage.Outage;
import ipn.runtime.metrics.Metric;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Shows outages as a metric of each account that has, or had, one. Not thread-safe. */
final class OutageMeters {
    private final MeterRegistry meters;
    private final Supplier<Accounts> accounts;
    private final Supplier<List<Outage>> outages;
    private final Set<MeteredAccount> shown = new HashSet<>();

    /**
     * Shows that there is none yet.
     *
     * @param accounts of the settings, which can change meanwhile
     * @param outages those that go on
     */
    OutageMeters(MeterRegistry meters, Supplier<Accounts> accounts, Supplier<List<Outage>> outages) {
        this.meters = meters;
        this.accounts = accounts;
        this.outages = outages;
        show(MeteredAccount.NONE);
    }

    void show(List<Outage> current) {
        current.forEach(outage -> show(account(outage)));
    }

    private void show(MeteredAccount account) {
        if (shown.add(account)) {
            Metric.PROCESSOR_OUTAGES.gauge(
                    meters, this, each -> each.number(account), account.gateway(), account.name());
        }
    }

    private double number(MeteredAccount account) {
        return outages.get().stream()
                .filter(outage -> account(outage).equals(account))
                .count();
    }

    private MeteredAccount account(Outage outage) {
        return MeteredAccount.of(accounts.get(), outage.gateway(), outage.accountName());
    }
}
