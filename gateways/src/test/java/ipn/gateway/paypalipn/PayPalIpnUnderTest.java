package ipn.gateway.paypalipn;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import ipn.conformance.TestAccounts;
import ipn.fact.Fact;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Reverification;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PayPal's classic IPN in the contract: nothing is signed, PayPal is asked. */
public final class PayPalIpnUnderTest implements GatewayUnderTest {
    private static final String SALE = "7TE57IPN000000001";
    private static final String RENEWAL = "7TE57IPN000000006";
    private static final Fact SUBJECT = new Fact.Reference(ReferenceName.SUBJECT, "u_42");
    private static final Fact ORDER = new Fact.Reference(ReferenceName.ORDER, "ord_88213");

    private final KnowingPayPal paypal = new KnowingPayPal();

    @Override
    public String name() {
        return PayPalIpnGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return receiving("merchant@example.com");
    }

    /** Asks nobody that is there: PayPal's real side is no part of a test. */
    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.of(open("{mode: live, receiver: merchant@example.com, verify-url: 'https://localhost:1/'}"));
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return receiving("other@example.com");
    }

    private GatewayAccount receiving(String receiver) {
        return open("{mode: test, receiver: %s, verify-url: '%s', fetch-timeout: PT10S, fetch-per-second: 10000}"
                .formatted(receiver, paypal.url()));
    }

    private static GatewayAccount open(String section) {
        return TestAccounts.open(PayPalIpnGateway.NAME, section, Map.of());
    }

    @Override
    public Delivery authentic(Bytes content, Instant now) {
        var body = KnowingPayPal.withSign(content);
        paypal.sent(body);
        return new Delivery(Map.of("content-type", List.of("application/x-www-form-urlencoded")), body, RECEIVED_AT);
    }

    @Override
    public Optional<Reverification.Cause> notVerifiable(Sample sample) {
        return Optional.of(Reverification.Cause.CONFIRMED_BY_GATEWAY);
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of();
    }

    @Override
    public List<SenselessBody> senselessBodies() {
        return SenselessIpns.all();
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }

    @Override
    public List<Sample> samples() {
        return List.of(
                sale(), refund(), chargeback(), chargebackWon(), newCase(), subscriptionPayment(), suspendedProfile());
    }

    private Sample sale() {
        var expected = new Sample.Expected(
                SALE,
                SALE + ":Completed:web_accept",
                "web_accept/Completed",
                Instant.parse("2026-09-01T12:00:00Z"),
                usd(2500),
                List.of(
                        new Fact.Captured(SALE, money(2500), usd(137)),
                        new Fact.FraudFlag(SALE, false, "completed"),
                        ORDER,
                        SUBJECT,
                        new Fact.Reference(ReferenceName.PRODUCT, "promo-25"),
                        new Fact.Sku("promo-25"),
                        new Fact.Sku("Promoted post budget")));
        return sample("web_accept.completed", expected);
    }

    private Sample refund() {
        var expected = new Sample.Expected(
                SALE,
                "8TE57IPN000000003:Refunded",
                "Refunded",
                Instant.parse("2026-09-01T13:00:00Z"),
                usd(1000),
                List.of(
                        new Fact.Refund("8TE57IPN000000003", money(1000), RefundStatus.SUCCEEDED),
                        ORDER,
                        SUBJECT,
                        new Fact.Sku("Promoted post budget")));
        return sample("refund.partial", expected);
    }

    private Sample chargeback() {
        var expected = new Sample.Expected(
                SALE,
                "8TE57IPN000000004:Reversed",
                "Reversed",
                Instant.parse("2026-09-02T12:00:00Z"),
                usd(2500),
                List.of(
                        new Fact.Dispute(SALE, usd(2500), DisputeStatus.OPEN, "chargeback"),
                        new Fact.DisputeFunds("8TE57IPN000000004", money(2500), DisputeMovement.WITHDRAWN),
                        ORDER,
                        SUBJECT));
        return sample("reversed.chargeback", expected);
    }

    private Sample chargebackWon() {
        var expected = new Sample.Expected(
                SALE,
                "8TE57IPN000000005:Canceled_Reversal",
                "Canceled_Reversal",
                Instant.parse("2026-09-21T12:00:00Z"),
                usd(2500),
                List.of(
                        new Fact.Dispute(SALE, usd(2500), DisputeStatus.WON, "chargeback"),
                        new Fact.DisputeFunds("8TE57IPN000000005", money(2500), DisputeMovement.REINSTATED),
                        ORDER,
                        SUBJECT));
        return sample("canceled_reversal", expected);
    }

    private Sample newCase() {
        var expected = new Sample.Expected(
                SALE,
                SALE + "::new_case::PP-TES-001-000-001",
                "new_case",
                Instant.parse("2026-09-02T10:13:20Z"),
                Optional.empty(),
                List.of(
                        new Fact.Dispute(SALE, Optional.empty(), DisputeStatus.OPEN, "unauthorized", true),
                        ORDER,
                        SUBJECT));
        return sample("new_case.dispute", expected);
    }

    private Sample subscriptionPayment() {
        var paidAt = Instant.parse("2026-09-01T12:00:10Z");
        var expected = new Sample.Expected(
                RENEWAL,
                RENEWAL + ":Completed:subscr_payment:::S-TESTSUB000001",
                "subscr_payment/Completed",
                paidAt,
                usd(800),
                List.of(
                        new Fact.Captured(RENEWAL, money(800), usd(77)),
                        new Fact.FraudFlag(RENEWAL, false, "completed"),
                        new Fact.Invoice(
                                RENEWAL,
                                InvoiceStatus.PAID,
                                Optional.of("paypal-ipn/main/S-TESTSUB000001"),
                                money(800),
                                money(800),
                                Optional.of(paidAt),
                                Optional.empty()),
                        SUBJECT,
                        new Fact.Reference(ReferenceName.PRODUCT, "premium_monthly"),
                        new Fact.Sku("premium_monthly"),
                        new Fact.Sku("Premium")));
        return sample("subscr_payment", expected);
    }

    /** It has no date of its own, so it happened when it reached us; and no id, so it is known by what it says. */
    private Sample suspendedProfile() {
        var type = "recurring_payment_suspended_due_to_max_failed_payment";
        var expected = new Sample.Expected(
                "I-TESTSUB00001",
                type + ":bd07b7b246d4b3e81e3d56a65b9c5ac0e2e3168d06aeb3740053423ba4ad4c23",
                type,
                RECEIVED_AT,
                Optional.empty(),
                List.of(
                        new Fact.Subscription(
                                "I-TESTSUB00001",
                                SubscriptionStatus.UNPAID,
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                Optional.empty()),
                        SUBJECT,
                        new Fact.Sku("Premium")));
        return sample(type, expected);
    }

    private Sample sample(String file, Sample.Expected expected) {
        return new Sample(file, authentic(Ipns.fixture(file).body(), SIGNED_AT), List.of(expected));
    }

    private static Money money(long cents) {
        return new Money(cents, "USD");
    }

    private static Optional<Money> usd(long cents) {
        return Optional.of(money(cents));
    }
}
