package ipn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may wait for purchases is told from the type of an event alone, before it is translated. */
class DeferralContractTest extends GatewayContract {
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("meaningful")
    void what_may_wait_pays_for_nothing_unless_money_goes_back(GatewayUnderTest gateway, Sample sample) {
        var items = gateway.account().identify(sample.delivery());
        for (var i = 0; i < items.size(); i++) {
            var facts = sample.expected().get(i).facts();
            if (gateway.account().mayWait(items.get(i))
                    && facts.stream().noneMatch(DeferralContractTest::isMoneyBack)) {
                assertThat(facts).as(items.get(i).type()).noneMatch(DeferralContractTest::paysForSomething);
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("meaningful")
    void what_is_only_about_money_that_goes_back_may_wait(GatewayUnderTest gateway, Sample sample) {
        var items = gateway.account().identify(sample.delivery());
        for (var i = 0; i < items.size(); i++) {
            var facts = sample.expected().get(i).facts();
            if (isOnlyAboutMoneyBack(facts)) {
                assertThat(gateway.account().mayWait(items.get(i)))
                        .as(items.get(i).type())
                        .isTrue();
            }
        }
    }

    private static boolean paysForSomething(Fact fact) {
        return fact instanceof Fact.Authorized
                || fact instanceof Fact.Captured
                || fact instanceof Fact.Invoice
                || fact instanceof Fact.Subscription;
    }

    private static boolean isOnlyAboutMoneyBack(List<Fact> facts) {
        return facts.stream().anyMatch(DeferralContractTest::isMoneyBack)
                && facts.stream()
                        .allMatch(fact ->
                                isMoneyBack(fact) || fact instanceof Fact.Link || fact instanceof Fact.Reference);
    }

    private static boolean isMoneyBack(Fact fact) {
        return fact instanceof Fact.Refund
                || fact instanceof Fact.RefundLines
                || fact instanceof Fact.RefundTotal
                || fact instanceof Fact.Dispute
                || fact instanceof Fact.DisputeFunds
                || fact instanceof Fact.FraudFlag;
    }
}
