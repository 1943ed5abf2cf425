package ipn.gateway.mollie;

import static ipn.conformance.LocalPeer.replying;
import static ipn.gateway.mollie.MollieSays.chargeback;
import static ipn.gateway.mollie.MollieSays.event;
import static ipn.gateway.mollie.MollieSays.fetched;
import static ipn.gateway.mollie.MollieSays.payment;
import static ipn.gateway.mollie.MollieSays.sent;
import static ipn.gateway.mollie.MollieSays.translated;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.LocalPeer;
import ipn.fact.Fact;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Translation;
import ipn.gateway.Verdict.Genuine;
import ipn.topics.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One chargeback is one dispute, by its own id, whatever tells of it. */
@Timeout(60)
class MollieChargebacksTest {
    private static final String TOTAL = "'amountChargedBack': {'value': '23.00', 'currency': 'EUR'}";
    private static final String LISTED =
            payment("paid", TOTAL + ", '_embedded': {'chargebacks': [" + chargeback("null") + "]}");
    private static final String UNLISTED = payment("paid", TOTAL);
    private static final Translation.Refused NONE_LISTED = new Translation.Refused(
            Reason.MISSING_FIELD, "/_embedded/chargebacks: none listed, although money was charged back");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void in_either_order_a_total_and_the_chargeback_itself_are_one_dispute(boolean totalFirst) throws IOException {
        var total = sent(event("payment.paid", UNLISTED));
        var itself = sent(event("chargeback.received", chargeback("null")));
        try (var mollie = LocalPeer.overHttp(replying(MollieSays.bytes(LISTED).utf8()))) {
            var facts = new ArrayList<Fact>();
            for (var delivery : totalFirst ? List.of(total, itself) : List.of(itself, total)) {
                facts.addAll(toldBy(mollie, delivery));
            }
            assertThat(mollie.requests()).hasSize(1);
            assertThat(facts.stream().filter(Fact.Dispute.class::isInstance).map(Fact::id))
                    .hasSize(2)
                    .containsOnly("chb_1");
            assertThat(facts.stream()
                            .filter(Fact.DisputeFunds.class::isInstance)
                            .distinct())
                    .hasSize(1);
            assertThat(facts).anyMatch(Fact.Captured.class::isInstance);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'x': 1", "'_embedded': {}", "'_embedded': {'chargebacks': []}"})
    void a_total_alone_is_no_dispute(String embedded) {
        var document = payment("paid", TOTAL + ", " + embedded);
        assertThat(translated(fetched(document))).isEqualTo(NONE_LISTED);
        var blind = MollieUnderTest.open("{mode: test, secrets: 'env:MOLLIE'}");
        var event = sent(event("payment.paid", document));
        assertThat(blind.translate(event, blind.identify(event).get(0)))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.MISSING_FIELD));
    }

    @Test
    void where_nothing_was_charged_back_nothing_has_to_be_listed() {
        assertThat(translated(sent(event("payment.paid", UNLISTED.replace("23.00'", "0.00'")))))
                .isInstanceOf(Translation.Understood.class);
    }

    /** What the delivery says, and what is stored beside it. */
    private static List<Fact> toldBy(LocalPeer mollie, Delivery delivery) {
        var account = MollieUnderTest.open(
                "{mode: test, secrets: 'env:MOLLIE', api-key: 'env:MOLLIE_KEY', fetch-timeout: PT10S, fetch-via: '%s'}"
                        .formatted(mollie.url("")));
        var signature = MollieSignature.sign(delivery.body().array(), MollieUnderTest.SECRET);
        var signed = new Delivery(
                Map.of("x-mollie-signature", List.of(signature)), delivery.body(), GatewayUnderTest.RECEIVED_AT);
        var genuine = (Genuine) account.authenticate(signed, GatewayUnderTest.SIGNED_AT)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return Stream.concat(Stream.of(signed), genuine.fetched().stream())
                .flatMap(stored -> facts(account, stored))
                .toList();
    }

    private static Stream<Fact> facts(GatewayAccount account, Delivery stored) {
        return account.translate(stored, account.identify(stored).get(0)) instanceof Translation.Understood understood
                ? understood.notification().facts().stream()
                : Stream.empty();
    }
}
