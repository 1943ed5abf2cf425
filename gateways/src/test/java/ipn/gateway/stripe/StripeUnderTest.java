package ipn.gateway.stripe;

import static ipn.fact.Fact.ReferenceName.ORDER;
import static ipn.fact.Fact.ReferenceName.SUBJECT;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import ipn.conformance.SenselessJson;
import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.LinkKind;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stripe in the contract. */
public final class StripeUnderTest
        implements GatewayUnderTest.Signing, GatewayUnderTest.InHeader, GatewayUnderTest.Timed {
    static final String SECRET = "whsec_test_5Nq8cVJ2mT0bR7xLw3KdYpZ1";
    private static final String OTHER = "whsec_test_another_endpoint_00001";
    private static final Map<String, String> SECRETS = Map.of("STRIPE", SECRET, "STRIPE_OTHER", OTHER);
    private static final String PI = "pi_TESTads00000000000001";
    private static final List<Fact> BUYER =
            List.of(new Fact.Reference(ORDER, "ord_88213"), new Fact.Reference(SUBJECT, "u_42"));
    private static final List<Fact> PREMIUM = List.of(
            new Fact.Reference(SUBJECT, "u_42"),
            new Fact.Sku("price_TESTpremium00001"),
            new Fact.Sku("prod_TESTpremium1"));

    @Override
    public String name() {
        return StripeGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return open("{mode: test, secrets: 'env:STRIPE'}");
    }

    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.of(open("{mode: live, secrets: 'env:STRIPE', account: any}"));
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return open("{mode: test, secrets: 'env:STRIPE_OTHER'}");
    }

    @Override
    public GatewayAccount accountWhereOldSecretEnds(Instant until) {
        return open(
                "{mode: test, secrets: ['env:STRIPE_OTHER', {secret: 'env:STRIPE', until: '%s'}]}".formatted(until));
    }

    static GatewayAccount open(String section) {
        return TestAccounts.open(StripeGateway.NAME, section, SECRETS);
    }

    @Override
    public Delivery authentic(Bytes body, Instant now) {
        var signature = StripeSignature.sign(body.array(), SECRET, now);
        return new Delivery(Map.of("stripe-signature", List.of(signature)), body, RECEIVED_AT);
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of("stripe-signature");
    }

    @Override
    public String signatureHeader() {
        return "stripe-signature";
    }

    @Override
    public List<SenselessBody> senselessBodies() {
        return SenselessJson.all();
    }

    @Override
    public List<String> secrets() {
        return List.of(SECRET);
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        for (var vector : TestFiles.vectors("stripe")) {
            var delivery = new Delivery(
                    TestFiles.headers(vector.path("headers")),
                    Bytes.utf8(vector.path("body").asText()),
                    RECEIVED_AT);
            samples.add(new Sample("vector " + vector.path("id").asText(), delivery, List.of()));
        }
        samples.add(sample(
                "payment_intent.succeeded",
                1,
                PI,
                1_788_264_000,
                2500,
                with(BUYER, new Fact.Captured(PI, usd(2500), Optional.empty()))));
        samples.add(sample(
                "payment_intent.amount_capturable_updated",
                3,
                "pi_TESTads00000000000003",
                1_788_264_040,
                2500,
                with(BUYER, new Fact.Authorized("pi_TESTads00000000000003", usd(2500)))));
        samples.add(sample(
                "payment_intent.canceled",
                4,
                "pi_TESTads00000000000003",
                1_788_264_900,
                2500,
                with(
                        BUYER,
                        new Fact.Attempt(
                                "pi_TESTads00000000000003", AttemptStatus.CANCELED, "requested_by_customer"))));
        samples.add(sample(
                "charge.refunded", 5, PI, 1_788_267_600, 1000, with(BUYER, new Fact.RefundTotal(PI, usd(1000)))));
        samples.add(sample(
                "refund.created",
                6,
                PI,
                1_788_267_600,
                1000,
                List.of(new Fact.Refund("re_TEST00000000000000001", usd(1000), RefundStatus.SUCCEEDED))));
        samples.add(sample(
                "charge.dispute.closed.lost",
                8,
                PI,
                1_793_448_000,
                2500,
                List.of(new Fact.Dispute(
                        "dp_TEST00000000000000001", Optional.of(usd(2500)), DisputeStatus.LOST, "fraudulent"))));
        samples.add(sample(
                "radar.early_fraud_warning.created",
                9,
                PI,
                1_788_307_200,
                -1,
                List.of(new Fact.FraudFlag("issfr_TEST0000000000001", true, "made_with_stolen_card"))));
        samples.add(sample(
                "invoice.paid",
                10,
                "in_TEST00000000000000001",
                1_788_264_000,
                800,
                with(PREMIUM, invoice("in_TEST00000000000000001", InvoiceStatus.PAID, 800))));
        samples.add(sample(
                "invoice.payment_failed",
                11,
                "in_TEST00000000000000002",
                1_790_856_000,
                800,
                with(PREMIUM, invoice("in_TEST00000000000000002", InvoiceStatus.FAILED, 0))));
        samples.add(sample(
                "invoice_payment.paid",
                12,
                "pi_TESTsub00000000000001",
                1_788_264_000,
                800,
                List.of(new Fact.Link(LinkKind.PAYS, "stripe/main/in_TEST00000000000000001"))));
        samples.add(sample(
                "customer.subscription.updated.past_due",
                13,
                "sub_TEST0000000000000001",
                1_790_856_001,
                -1,
                with(
                        with(PREMIUM, new Fact.Sku("premium_monthly")),
                        new Fact.Subscription(
                                        "sub_TEST0000000000000001",
                                        SubscriptionStatus.PAST_DUE,
                                        Optional.of(Instant.ofEpochSecond(1_790_856_000)),
                                        Optional.empty(),
                                        false,
                                        Optional.empty())
                                .withItems(List.of(
                                        List.of("price_TESTpremium00001", "premium_monthly", "prod_TESTpremium1"))))));
        samples.addAll(ThinEvents.samples(new Fact.Captured(PI, usd(2500), Optional.empty()), BUYER));
        return samples;
    }

    private static Fact invoice(String id, InvoiceStatus status, long paid) {
        var from = Optional.of(Instant.ofEpochSecond(1_788_264_000));
        var until = Optional.of(Instant.ofEpochSecond(1_790_856_000));
        var premium = Fact.Line.of(List.of("price_TESTpremium00001", "prod_TESTpremium1"), 1, 800)
                .withPeriod(from, until);
        return new Fact.Invoice(
                        id,
                        status,
                        Optional.of("stripe/main/sub_TEST0000000000000001"),
                        usd(800),
                        usd(paid),
                        from,
                        until)
                .with(new Fact.Breakdown(Fact.InvoiceReason.RENEWAL, 0, 0, 0, List.of(premium)));
    }

    /** @param amount negative: the event tells of none */
    private static Sample sample(String file, int event, String paymentId, long at, long amount, List<Fact> facts) {
        var delivery = TestFiles.delivery("stripe", file);
        var type =
                TestFiles.json("samples/stripe/" + file + ".json").path("type").asText();
        var eventId = "evt_TEST00000000000000" + (event < 10 ? "0" : "") + Integer.toString(event);
        var money = amount < 0 ? Optional.<Money>empty() : Optional.of(usd(amount));
        var expected = new Sample.Expected(paymentId, eventId, type, Instant.ofEpochSecond(at), money, facts);
        return new Sample(file, delivery, List.of(expected));
    }

    private static List<Fact> with(List<Fact> facts, Fact more) {
        var all = new ArrayList<>(facts);
        all.add(more);
        return all;
    }

    private static Money usd(long minorUnits) {
        return new Money(minorUnits, "USD");
    }
}
