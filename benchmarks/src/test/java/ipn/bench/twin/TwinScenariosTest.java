package ipn.bench.twin;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.bench.load.Scenario;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TwinScenariosTest {
    private final TwinScenarios scenarios = new TwinScenarios("run", Instant.parse("2026-11-01T00:00:00Z"));

    private List<Scenario> first(int count) {
        return IntStream.range(0, count).mapToObj(scenarios::scenario).toList();
    }

    @Test
    void only_gateways_of_the_twin_send() {
        assertThat(first(100).stream().flatMap(scenario -> scenario.gateways().stream()))
                .containsOnly("stripe", "razorpay", "standard-webhooks")
                .contains("stripe", "razorpay", "standard-webhooks");
    }

    @Test
    void no_checkout_writes_an_order() {
        assertThat(first(100)).allMatch(scenario -> scenario.order().isEmpty());
    }

    @Test
    void scenarios_share_no_entitlement() {
        var keys = first(320).stream()
                .flatMap(scenario -> scenario.access().stream())
                .map(Scenario.ExpectedAccess::stateKey)
                .toList();
        assertThat(keys).doesNotHaveDuplicates().hasSizeGreaterThan(200);
    }
}
