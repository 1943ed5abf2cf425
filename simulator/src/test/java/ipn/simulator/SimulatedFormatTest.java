package ipn.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.drift.DriftDetector;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Accounts;
import ipn.gateway.Verdict.Genuine;
import ipn.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is simulated has the known format of its gateway: whoever tries the pipeline sees no alert on a changed format. */
class SimulatedFormatTest {
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");
    private static final AtomicInteger SENT = new AtomicInteger();
    private static final DriftDetector KNOWN = DriftDetector.load();

    private static GatewayStandIn standIn;
    private static Settings settings;
    private static Accounts accounts;

    @BeforeAll
    static void start() throws IOException {
        standIn = GatewayStandIn.start(0);
        var yaml = BuiltInTestAccounts.yaml()
                .replace("http://127.0.0.1:8099", standIn.url().toString());
        settings = Settings.parse(yaml, Map.of(), Path.of(""));
        accounts = Accounts.from(settings);
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    static Stream<Arguments> events() {
        return Simulator.gateways().stream()
                .flatMap(gateway -> gateway.events().stream().map(event -> Arguments.of(gateway, event)));
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("events")
    void its_type_is_known_and_its_fields_do_not_differ(SimulatedGateway gateway, String event) throws Exception {
        // each a little later, within the limit of look-ups a second
        var now = NOW.plusMillis(100L * SENT.incrementAndGet());
        var references = Map.of(ReferenceName.SUBJECT, "u_42", ReferenceName.PRODUCT, "premium");
        var sample = new Sample(gateway.ids("TEST0001"), references, new Money(800, "USD"), now);
        var sender = Senders.find(settings, gateway.name(), "main").orElseThrow();
        var outgoing = new Simulator(gateway, sender).notification(event, sample, Fault.NONE, now);
        new DeliveryClient().register(standIn.url(), outgoing.documents());
        var account = accounts.find(gateway.name(), "main").orElseThrow();

        var verdict = account.authenticate(outgoing.received(now), now)
                .toCompletableFuture()
                .join();

        assertThat(verdict).isInstanceOf(Genuine.class);
        var source = ((Genuine) verdict).fetched().stream().findFirst().orElseGet(() -> outgoing.received(now));
        assertThat(account.identify(source)).isNotEmpty().allSatisfy(item -> {
            assertThat(KNOWN.knownType(gateway.name(), item.type())).isEqualTo(item.type());
            assertThat(KNOWN.findings(account, source, item)).isEmpty();
        });
    }
}
