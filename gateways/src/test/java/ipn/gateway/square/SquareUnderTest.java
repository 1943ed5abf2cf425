package ipn.gateway.square;

import static ipn.fact.Fact.ReferenceName.ORDER;
import static ipn.fact.Fact.ReferenceName.SUBJECT;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Listener;
import ipn.conformance.Sample;
import ipn.conformance.SenselessJson;
import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceStatus;
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

/** Square in the contract. */
public final class SquareUnderTest implements GatewayUnderTest.Signing, GatewayUnderTest.InHeader {
    static final String KEY = "TESTsigkey-wHkz2Q9a7c";
    static final String URL = "https://pay.example.com/hooks/square";
    private static final Map<String, String> SECRETS = Map.of("SQUARE", KEY, "SQUARE_OTHER", "TESTsigkey-another000");
    private static final String PAY = "TESTpay0000000000000000001";
    private static final String ADDRESS = "url: '" + URL + "', merchant: TESTMERCHANT1, subject: note";

    @Override
    public String name() {
        return SquareGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return open("{mode: test, secrets: 'env:SQUARE', " + ADDRESS + "}");
    }

    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.of(open("{mode: live, secrets: 'env:SQUARE', " + ADDRESS + "}"));
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return open("{mode: test, secrets: 'env:SQUARE_OTHER', " + ADDRESS + "}");
    }

    @Override
    public GatewayAccount accountWhereOldSecretEnds(Instant until) {
        return open("{mode: test, %s, secrets: ['env:SQUARE_OTHER', {secret: 'env:SQUARE', until: '%s'}]}"
                .formatted(ADDRESS, until));
    }

    static GatewayAccount open(String section) {
        return TestAccounts.open(SquareGateway.NAME, section, SECRETS);
    }

    /** An account with more settings. */
    static Listener listener(String more) {
        return new Listener(open("{mode: test, secrets: 'env:SQUARE', url: '%s'%s}".formatted(URL, more)), Map.of());
    }

    @Override
    public Delivery authentic(Bytes body, Instant now) {
        return new Delivery(
                Map.of(
                        "x-square-hmacsha256-signature", List.of(SquareSignature.sign(URL, body.array(), KEY)),
                        "square-environment", List.of("Sandbox")),
                body,
                RECEIVED_AT);
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of("x-square-hmacsha256-signature");
    }

    @Override
    public String signatureHeader() {
        return "x-square-hmacsha256-signature";
    }

    @Override
    public List<SenselessBody> senselessBodies() {
        var bodies = new ArrayList<>(SenselessJson.all());
        bodies.add(new SenselessBody("no type", Bytes.utf8("{\"event_id\":\"1\"}"), Reason.MISSING_FIELD));
        bodies.add(new SenselessBody(
                "somebody else's event",
                Bytes.utf8("{\"event_id\":\"1\",\"type\":\"payment.updated\",\"merchant_id\":\"OTHER\"}"),
                Reason.WRONG_RECEIVER));
        return bodies;
    }

    @Override
    public List<String> secrets() {
        return List.of(KEY);
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        for (var vector : TestFiles.vectors("square")) {
            var delivery = new Delivery(
                    TestFiles.headers(vector.path("headers")),
                    Bytes.utf8(vector.path("body").asText()),
                    RECEIVED_AT);
            samples.add(new Sample("vector " + vector.path("id").asText(), delivery, List.of()));
        }
        var user = new Fact.Reference(SUBJECT, "u_42");
        var order = new Fact.Reference(ORDER, "ord_88213");
        samples.add(sample(
                "payment.created.approved",
                2,
                PAY,
                "2026-09-01T11:59:58.200Z",
                2500,
                new Fact.Authorized(PAY, usd(2500)),
                calm(PAY),
                order,
                user));
        samples.add(sample(
                "payment.updated.completed",
                1,
                PAY,
                "2026-09-01T12:00:00.831Z",
                2500,
                new Fact.Captured(PAY, usd(2500), Optional.of(usd(103))),
                calm(PAY),
                order,
                user));
        samples.add(sample(
                "payment.updated.failed",
                3,
                "TESTpay0000000000000000002",
                "2026-09-01T11:59:58.200Z",
                2500,
                new Fact.Attempt("TESTpay0000000000000000002", AttemptStatus.FAILED, "INSUFFICIENT_FUNDS"),
                calm("TESTpay0000000000000000002"),
                new Fact.Reference(ORDER, "ord_88214"),
                user));
        samples.add(sample(
                "dispute.state.updated.won",
                6,
                PAY,
                "2026-10-01T12:00:00.851Z",
                2500,
                new Fact.Dispute("TESTdispute000001", Optional.of(usd(2500)), DisputeStatus.WON, "NO_KNOWLEDGE")));
        samples.add(sample(
                "subscription.updated",
                7,
                "11111111-0000-4000-8000-000000000001",
                "2026-09-01T12:00:00.308Z",
                -1,
                new Fact.Subscription(
                                "11111111-0000-4000-8000-000000000001",
                                SubscriptionStatus.ACTIVE,
                                Optional.of(Instant.parse("2026-10-01T04:00:00Z")),
                                Optional.empty(),
                                false,
                                Optional.empty())
                        .withItems(List.of(List.of("TESTPLANVARIATION0000001"))),
                new Fact.Sku("TESTPLANVARIATION0000001")));
        samples.add(sample(
                "invoice.payment_made",
                8,
                "TESTorder0000000000000003",
                "2026-09-01T12:00:00Z",
                800,
                new Fact.Invoice(
                        "inv:0-TEST00000000000000001",
                        InvoiceStatus.PAID,
                        Optional.of("square/main/11111111-0000-4000-8000-000000000001"),
                        usd(800),
                        usd(800),
                        Optional.empty(),
                        Optional.empty()),
                new Fact.Sku("Premium")));
        return samples;
    }

    /** @param amount negative: the event tells of none */
    private static Fact calm(String payment) {
        return new Fact.FraudFlag(payment, false, "NORMAL");
    }

    private static Sample sample(String file, int event, String paymentId, String at, long amount, Fact... facts) {
        var type =
                TestFiles.json("samples/square/" + file + ".json").path("type").asText();
        var money = amount < 0 ? Optional.<Money>empty() : Optional.of(usd(amount));
        var expected = new Sample.Expected(
                paymentId,
                "00000000-0000-4000-8000-00000000000" + Integer.toString(event),
                type,
                Instant.parse(at),
                money,
                List.of(facts));
        return new Sample(file, TestFiles.delivery("square", file), List.of(expected));
    }

    static Money usd(long minorUnits) {
        return new Money(minorUnits, "USD");
    }
}
