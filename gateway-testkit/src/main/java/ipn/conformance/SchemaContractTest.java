package ipn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.evidence.Gateways;
import ipn.drift.DriftDetector;
import ipn.drift.KnownSchema;
import ipn.drift.SchemaLearner;
import ipn.gateway.Gateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schema of a gateway matches its samples. {@code -Dschemas.write=<resources folder>} generates the events of the schema
 * files again, and keeps the part written by hand.
 */
class SchemaContractTest extends GatewayContract {
    @ParameterizedTest
    @MethodSource("named")
    void the_schema_of_a_gateway_matches_its_samples(GatewayUnderTest tested) throws IOException {
        var gateway = gateway(tested.name());
        var written = read(gateway);
        var free = KnownSchema.find(gateway).map(KnownSchema::free).orElse(Set.of());
        var learner = new SchemaLearner(free);
        var account = tested.account();
        for (var sample : tested.samples()) {
            if (sample.expected().isEmpty()) {
                continue; // only tests signatures
            }
            for (var item : account.identify(sample.delivery())) {
                account.payloadView(sample.delivery(), item)
                        .ifPresent(
                                view -> learner.learn(item.type(), view.fields().node(), sample.isSent()));
            }
        }
        var byHand =
                written.stream().takeWhile(line -> !line.startsWith("event ")).toList();
        var expected = new ArrayList<>(byHand);
        expected.addAll(learner.lines());
        var folder = System.getProperty("schemas.write");
        if (folder != null) {
            var file =
                    Path.of(folder, gateway.getClass().getPackageName().replace('.', '/'), gateway.name() + ".shape");
            Files.createDirectories(file.getParent());
            Files.write(file, expected, StandardCharsets.UTF_8);
            written = List.copyOf(expected);
        }
        assertThat(written).isNotEmpty().isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("samples")
    void a_sample_has_no_differences_from_the_schema(GatewayUnderTest tested, Sample sample) {
        if (sample.expected().isEmpty() || System.getProperty("schemas.write") != null) {
            return;
        }
        var gateway = gateway(tested.name());
        var detector = new DriftDetector(
                Map.of(gateway.name(), KnownSchema.find(gateway).orElseThrow()));
        var account = tested.account();
        assertThat(account.identify(sample.delivery()))
                .allSatisfy(item -> assertThat(detector.findings(account, sample.delivery(), item))
                        .isEmpty());
    }

    private static Gateway gateway(String name) {
        return Gateways.find(name).orElseThrow();
    }

    private static List<String> read(Gateway gateway) throws IOException {
        try (var in = gateway.getClass().getResourceAsStream(gateway.name() + ".shape")) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        }
    }
}
