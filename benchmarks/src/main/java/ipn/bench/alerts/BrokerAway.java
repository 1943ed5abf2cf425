package ipn.bench.alerts;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Nobody reaches the broker. */
final class BrokerAway implements AlertFault {
    /** What is true as well while Kafka is away or slow. */
    static final Set<String> WITHOUT_KAFKA = withBudgets(
            "IpnIngressNotReady",
            "IpnUnavailableResponses",
            "IpnCanaryFails",
            "IpnCanaryLoses",
            "IpnCanarySlow",
            "IpnStageNotRunning",
            "IpnStageStalled",
            "IpnThreadFailures",
            "IpnKafkaSendErrors",
            "IpnGatewayGivesUp",
            "IpnRecordsOld",
            "IpnLagUnknown",
            "IpnLagGrows",
            "IpnIngressNearLimit");

    private static Set<String> withBudgets(String... names) {
        var all = new HashSet<>(BUDGETS);
        all.addAll(Set.of(names));
        return Set.copyOf(all);
    }

    @Override
    public Known known() {
        return new Known(
                "broker-away",
                "connections to the broker break, and new ones are refused",
                Set.of("IpnIngressNotReady", "IpnUnavailableResponses"),
                WITHOUT_KAFKA,
                "stage-not-running.md");
    }

    @Override
    public void plant(Scene scene) {
        scene.broker().cut();
    }

    @Override
    public Optional<Owner> owner() {
        return Optional.of(
                new Owner("kafka", "a firewall refused connections to the broker, and lets them pass again"));
    }

    @Override
    public void end(Scene scene) {
        scene.broker().pass();
    }
}
