package ipn.bench.alerts;

import java.util.List;
import java.util.stream.Collectors;

/** All faults, in the order in which they are planted: what burns the budgets of service levels comes late. */
final class AlertFaults {
    private AlertFaults() {}

    static List<AlertFault> all() {
        return List.of(
                new CertificateEnds(),
                new Drift(),
                new Poison(),
                new BrakeStorm(),
                new WrongSecret(),
                new GatewaySilent(),
                new OutagePattern(),
                new StuckTransaction(),
                new RegistryAway(),
                new ThreadDeaths(),
                new LookUpsFail(),
                new SlowProcessor(),
                new BrokerAway(),
                new SlowDisk(),
                new ClockBehind());
    }

    /**
     * Those with these names, in this order.
     *
     * @param names empty: all
     * @throws IllegalArgumentException if there is no such fault
     */
    static List<AlertFault> named(List<String> names) {
        return names.isEmpty() ? all() : names.stream().map(AlertFaults::named).toList();
    }

    private static AlertFault named(String name) {
        return all().stream()
                .filter(fault -> fault.known().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--faults: %s (expected: some of %s)"
                        .formatted(
                                name,
                                all().stream()
                                        .map(fault -> fault.known().name())
                                        .collect(Collectors.joining(", ")))));
    }
}
