package ipn.app.chain;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.OutcomeKind;
import ipn.gateway.content.Bytes;
import ipn.processor.Reverifier;
import ipn.processor.Reverifier.Mode;
import ipn.settings.Settings;
import ipn.simulator.GatewayStandIn;
import ipn.simulator.Senders;
import ipn.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cases that others met in production, each with its sources, through both stages: the folder {@code field-cases} has one file
 * per case, in the form of {@link FieldCase}. Every run of a case has ids of its own, so all runs share one chain.
 */
class FieldCasesTest {
    /** After the deliveries of a run: long enough for its notifications. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private static final List<FieldCase> CASES = FieldCase.all();

    @TempDir
    private static Path folder;

    private static GatewayStandIn standIn;
    private static Settings settings;
    private static Chain chain;

    @BeforeAll
    static void start() throws IOException {
        standIn = GatewayStandIn.start(0);
        settings = new CaseSettings(CASES).read(standIn);
        chain = new Chain(folder, Chain.config(settings), new Reverifier(Mode.ALL, 1));
    }

    @AfterAll
    static void stop() {
        chain.close();
        standIn.close();
    }

    static Stream<FieldCase> cases() {
        return CASES.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void ends_as_its_sources_say_in_every_order_of_sending(FieldCase each) {
        var differences = new ArrayList<String>();
        for (var order : each.ordersOfSending()) {
            var values = new CaseValues(Bytes.utf8(each.name() + order).sha256().substring(0, 8), chain.now());
            run(each, order, values)
                    .differences(values.fill(each.expect()))
                    .forEach(difference -> differences.add("sent %s: %s".formatted(order, difference)));
        }

        if (each.pending().isEmpty()) {
            assertThat(differences).as(each.why()).isEmpty();
        } else {
            assertThat(differences)
                    .as(
                            "%s passes (expected: it fails; remove `pending: %s`)",
                            each.name(), each.pending().get())
                    .isNotEmpty();
        }
    }

    private static CaseEnd run(FieldCase each, List<Integer> order, CaseValues values) {
        var before = chain.outcomes().size();
        var end = new CaseEnd(chain, chain.deadLetters().size());
        for (var number : order) {
            var delivery = each.deliveries().get(number);
            var simulator = simulator(delivery);
            chain.receive(simulator.sender(), delivery.signed(simulator, values, chain.now()));
            delivery.pause().ifPresent(chain::advance);
        }
        chain.advance(SETTLE);
        assertThat(chain.outcomes().stream().skip(before))
                .as("outcomes of %s", each.name())
                .hasSizeGreaterThanOrEqualTo(order.size())
                .anyMatch(outcome ->
                        outcome.getKind() == OutcomeKind.APPLIED || outcome.getKind() == OutcomeKind.UNPROCESSABLE);
        return end;
    }

    private static Simulator simulator(CaseDelivery delivery) {
        return new Simulator(
                Simulator.find(delivery.gateway()).orElseThrow(),
                Senders.find(settings, delivery.gateway(), delivery.account()).orElseThrow());
    }
}
