package ipn.gateway.razorpay;

import static ipn.fact.Fact.ReferenceName.ORDER;
import static ipn.fact.Fact.ReferenceName.SUBJECT;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Listener;
import ipn.conformance.Sample;
import ipn.conformance.SenselessJson;
import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Razorpay in the contract. */
public final class RazorpayUnderTest implements GatewayUnderTest.Signing, GatewayUnderTest.InHeader {
    static final String SECRET = "rzp_test_secret_42";
    private static final Map<String, String> SECRETS =
            Map.of("RAZORPAY", SECRET, "RAZORPAY_OTHER", "rzp_test_another_43");
    private static final String PAY = "pay_TEST0000000001";
    private static final Instant PERIOD_START = Instant.ofEpochSecond(1_788_264_000);
    private static final Instant PERIOD_END = Instant.ofEpochSecond(1_790_856_000);
    private static final Fact USER = new Fact.Reference(SUBJECT, "u_42");
    private static final Fact PLAN = new Fact.Sku("plan_TESTpremium001");

    @Override
    public String name() {
        return RazorpayGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return open("{mode: test, secrets: 'env:RAZORPAY', account: acc_TEST0000000001}");
    }

    /** Razorpay does not tell the mode. */
    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.empty();
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return open("{mode: test, secrets: 'env:RAZORPAY_OTHER'}");
    }

    @Override
    public GatewayAccount accountWhereOldSecretEnds(Instant until) {
        return open("{mode: test, secrets: ['env:RAZORPAY_OTHER', {secret: 'env:RAZORPAY', until: '%s'}]}"
                .formatted(until));
    }

    static GatewayAccount open(String section) {
        return TestAccounts.open(RazorpayGateway.NAME, section, SECRETS);
    }

    /** One that takes the events of any account. */
    static Listener listener() {
        return new Listener(open("{mode: test, secrets: 'env:RAZORPAY'}"), Map.of("x-razorpay-event-id", "evt_1"));
    }

    @Override
    public Delivery authentic(Bytes body, Instant now) {
        return new Delivery(
                Map.of(
                        "x-razorpay-signature", List.of(RazorpaySignature.sign(body.array(), SECRET)),
                        "x-razorpay-event-id", List.of("evt_1")),
                body,
                RECEIVED_AT);
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of("x-razorpay-signature");
    }

    @Override
    public String signatureHeader() {
        return "x-razorpay-signature";
    }

    @Override
    public List<SenselessBody> senselessBodies() {
        var bodies = new ArrayList<>(SenselessJson.all());
        bodies.add(new SenselessBody("no event", Bytes.utf8("{\"entity\":\"event\"}"), Reason.MISSING_FIELD));
        bodies.add(new SenselessBody(
                "somebody else's event",
                Bytes.utf8("{\"event\":\"payment.captured\",\"account_id\":\"acc_OTHER\"}"),
                Reason.WRONG_RECEIVER));
        return bodies;
    }

    @Override
    public List<String> secrets() {
        return List.of(SECRET);
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        for (var vector : TestFiles.vectors("razorpay")) {
            var delivery = new Delivery(
                    TestFiles.headers(vector.path("headers")),
                    Bytes.utf8(vector.path("body").asText()),
                    RECEIVED_AT);
            samples.add(new Sample("vector " + vector.path("id").asText(), delivery, List.of()));
        }
        var order = new Fact.Reference(ORDER, "ord_88213");
        samples.add(sample(
                "payment.authorized",
                2,
                PAY,
                1_788_263_996,
                209_900,
                new Fact.Authorized(PAY, inr(209_900)),
                order,
                USER));
        samples.add(sample(
                "refund.processed",
                4,
                PAY,
                1_788_267_600,
                50_000,
                new Fact.Refund("rfnd_TEST0000000001", inr(50_000), RefundStatus.SUCCEEDED),
                new Fact.RefundTotal(PAY, inr(50_000))));
        samples.add(sample("payment.dispute.created", 5, PAY, 1_788_350_420, 209_900, dispute(DisputeStatus.OPEN)));
        samples.add(sample(
                "payment.dispute.lost",
                6,
                PAY,
                1_789_992_000,
                209_900,
                dispute(DisputeStatus.LOST),
                new Fact.DisputeFunds("disp_TEST0000000001", inr(209_900), DisputeMovement.WITHDRAWN)));
        samples.add(sample(
                "subscription.charged",
                7,
                "pay_TEST0000000003",
                1_788_264_001,
                65_000,
                new Fact.Captured("pay_TEST0000000003", inr(65_000), Optional.of(inr(1534))),
                new Fact.Invoice(
                                "inv_TEST0000000003",
                                InvoiceStatus.PAID,
                                Optional.of("razorpay/main/sub_TEST0000000001"),
                                inr(65_000),
                                inr(65_000),
                                Optional.of(PERIOD_START),
                                Optional.of(PERIOD_END))
                        .with(new Fact.Breakdown(
                                InvoiceReason.RENEWAL,
                                0,
                                0,
                                0,
                                List.of(Fact.Line.of(List.of("plan_TESTpremium001"), 1, 65_000)
                                        .withPeriod(Optional.of(PERIOD_START), Optional.of(PERIOD_END))))),
                USER,
                PLAN));
        samples.add(sample(
                "subscription.halted",
                8,
                "sub_TEST0000000001",
                1_791_201_600,
                -1,
                new Fact.Subscription(
                                "sub_TEST0000000001",
                                SubscriptionStatus.UNPAID,
                                Optional.of(PERIOD_END),
                                Optional.empty(),
                                false,
                                Optional.empty())
                        .withItems(List.of(List.of("plan_TESTpremium001"))),
                USER,
                PLAN));
        return samples;
    }

    private static Fact dispute(DisputeStatus status) {
        return new Fact.Dispute(
                "disp_TEST0000000001",
                Optional.of(inr(209_900)),
                status,
                "chargeback_authorization",
                status == DisputeStatus.OPEN);
    }

    /** @param amount negative: the event tells of none */
    private static Sample sample(String file, int event, String paymentId, long at, long amount, Fact... facts) {
        var money = amount < 0 ? Optional.<Money>empty() : Optional.of(inr(amount));
        var expected = new Sample.Expected(
                paymentId,
                "TESTevent0000" + Integer.toString(event),
                file,
                Instant.ofEpochSecond(at),
                money,
                List.of(facts));
        return new Sample(file, TestFiles.delivery("razorpay", file), List.of(expected));
    }

    static Money inr(long minorUnits) {
        return new Money(minorUnits, "INR");
    }
}
