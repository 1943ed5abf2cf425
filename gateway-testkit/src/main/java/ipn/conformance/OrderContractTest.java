package ipn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Translation.Understood;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gateways deliver late, repeatedly and in any order: the state of a payment must not depend on it. */
@Proves(Proof.PERMUTATIONS)
class OrderContractTest extends GatewayContract {
    private static final int ORDERS = 50;

    /** Each payment in the samples of a gateway. */
    static Stream<Arguments> payments() {
        return gateways().stream()
                .flatMap(gateway -> gateway.samples().stream()
                        .flatMap(sample -> sample.expected().stream())
                        .filter(expected -> !expected.facts().isEmpty())
                        .map(Sample.Expected::paymentId)
                        .distinct()
                        .sorted()
                        .map(payment -> Arguments.of(Named.of(gateway.name(), gateway), payment)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("payments")
    void the_state_of_a_payment_is_independent_of_order_and_repetition(GatewayUnderTest gateway, String payment) {
        var account = gateway.account();
        var key = account.id().key(payment);
        var samples = gateway.samples().stream()
                .filter(sample -> !sample.expected().isEmpty()) // the others only test signatures, and repeat ids
                .filter(sample -> account.identify(sample.delivery()).stream()
                        .anyMatch(item -> item.paymentKey().equals(key)))
                .toList();
        var statements = statements(account, key, samples);
        assertThat(statements.facts()).isNotEmpty();
        for (var seed = 0; seed < ORDERS; seed++) {
            // A new account, so that an adapter with state would translate differently.
            assertThat(statements(gateway.account(), key, shuffled(samples, new Random(seed))))
                    .as("seed %s", seed)
                    .isEqualTo(statements);
        }
    }

    private static List<Sample> shuffled(List<Sample> samples, Random random) {
        var order = new ArrayList<>(samples);
        for (var i = 0; i < samples.size(); i++) {
            order.add(samples.get(random.nextInt(samples.size())));
        }
        Collections.shuffle(order, random);
        return order;
    }

    private static PaymentStatements statements(GatewayAccount account, String key, List<Sample> samples) {
        var statements = new PaymentStatements();
        for (var sample : samples) {
            for (var item : account.identify(sample.delivery())) {
                if (item.paymentKey().equals(key)
                        && account.translate(sample.delivery(), item) instanceof Understood understood) {
                    statements.receive(item.eventKey(), understood.notification());
                }
            }
        }
        return statements;
    }
}
