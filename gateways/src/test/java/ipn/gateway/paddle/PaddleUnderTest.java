package ipn.gateway.paddle;

import static ipn.fact.Fact.ReferenceName.SUBJECT;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import ipn.conformance.SenselessJson;
import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
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
import java.util.stream.Stream;

/** Paddle in the contract. */
public final class PaddleUnderTest
        implements GatewayUnderTest.Signing, GatewayUnderTest.InHeader, GatewayUnderTest.Timed {
    static final String SECRET = "pdl_ntfset_01test0000000000000000000a_Q1w2E3r4T5y6U7i8O9p0AaSsDdFfGgHh";
    private static final Map<String, String> SECRETS =
            Map.of("PADDLE", SECRET, "PADDLE_OTHER", "pdl_ntfset_01test0000000000000000000b_TestOnlyAnother");
    private static final String TXN = "txn_01test00000000000000000001";
    private static final String TXN_FAILED = "txn_01test00000000000000000002";
    private static final String SUB = "sub_01test00000000000000000001";
    private static final List<Fact> PREMIUM = List.of(
            new Fact.Reference(SUBJECT, "u_42"),
            new Fact.Sku("pri_01test00000000000000000001"),
            new Fact.Sku("pro_01test00000000000000000001"));

    @Override
    public String name() {
        return PaddleGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return open("{mode: test, secrets: 'env:PADDLE'}");
    }

    /** Paddle's notifications do not tell the mode. */
    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.empty();
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return open("{mode: test, secrets: 'env:PADDLE_OTHER'}");
    }

    @Override
    public GatewayAccount accountWhereOldSecretEnds(Instant until) {
        return open(
                "{mode: test, secrets: ['env:PADDLE_OTHER', {secret: 'env:PADDLE', until: '%s'}]}".formatted(until));
    }

    static GatewayAccount open(String section) {
        return TestAccounts.open(PaddleGateway.NAME, section, SECRETS);
    }

    @Override
    public Delivery authentic(Bytes body, Instant now) {
        var signature = PaddleSignature.sign(body.array(), SECRET, now);
        return new Delivery(Map.of("paddle-signature", List.of(signature)), body, RECEIVED_AT);
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of("paddle-signature");
    }

    @Override
    public String signatureHeader() {
        return "paddle-signature";
    }

    @Override
    public List<SenselessBody> senselessBodies() {
        return Stream.concat(
                        SenselessJson.all().stream(),
                        Stream.of(
                                senseless("no event id", "{'event_type': 'transaction.paid'}", Reason.MISSING_FIELD),
                                senseless("no type", "{'event_id': 'evt_1'}", Reason.MISSING_FIELD),
                                senseless(
                                        "an entity that is a list",
                                        PaddleSays.event("transaction.paid", "[]"),
                                        Reason.MISSING_FIELD),
                                senseless(
                                        "an amount that is a number",
                                        PaddleSays.event("transaction.paid", PaddleSays.transaction("paid"))
                                                .replace("'864'", "864"),
                                        Reason.INVALID_AMOUNT)))
                .toList();
    }

    private static SenselessBody senseless(String name, String body, Reason reason) {
        return new SenselessBody(name, Bytes.utf8(body.replace('\'', '"')), reason);
    }

    @Override
    public List<String> secrets() {
        return List.of(SECRET);
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        for (var vector : TestFiles.vectors("paddle")) {
            var delivery = new Delivery(
                    TestFiles.headers(vector.path("headers")),
                    Bytes.utf8(vector.path("body").asText()),
                    RECEIVED_AT);
            samples.add(new Sample("vector " + vector.path("id").asText(), delivery, List.of()));
        }
        samples.add(sample(
                "transaction.completed",
                1,
                TXN,
                "2026-09-01T12:00:00.412Z",
                864,
                with(new Fact.Captured(TXN, usd(864), Optional.of(usd(92))), invoice(TXN, InvoiceStatus.PAID, 864))));
        samples.add(sample(
                "transaction.payment_failed",
                2,
                TXN_FAILED,
                "2026-10-01T12:00:00.412Z",
                864,
                with(
                        new Fact.Attempt(TXN_FAILED, AttemptStatus.FAILED, "declined"),
                        invoice(TXN_FAILED, InvoiceStatus.FAILED, 0))));
        samples.add(sample(
                "adjustment.updated.refund_approved",
                3,
                TXN,
                "2026-09-01T14:00:00.412Z",
                400,
                List.of(
                        new Fact.Refund("adj_01test00000000000000000001", usd(400), RefundStatus.SUCCEEDED),
                        new Fact.RefundLines(
                                "adj_01test00000000000000000001",
                                List.of(new Fact.RefundLine("txnitm_01test0000000000000000001", 400))))));
        samples.add(sample(
                "subscription.past_due",
                5,
                SUB,
                "2026-10-01T12:00:05.412Z",
                -1,
                with(standing(SubscriptionStatus.PAST_DUE, Optional.of("2026-10-31T12:00:00.412Z")))));
        samples.add(sample(
                "subscription.canceled",
                6,
                SUB,
                "2026-10-29T08:53:20.412Z",
                -1,
                with(standing(SubscriptionStatus.CANCELED, Optional.empty()))));
        return samples;
    }

    private static Fact standing(SubscriptionStatus status, Optional<String> periodEnd) {
        return new Fact.Subscription(
                        SUB, status, periodEnd.map(Instant::parse), Optional.empty(), false, Optional.empty())
                .withItems(List.of(List.of("pri_01test00000000000000000001", "pro_01test00000000000000000001")));
    }

    private static Fact invoice(String id, InvoiceStatus status, long paid) {
        var from = Optional.of(Instant.parse("2026-09-01T12:00:00.412Z"));
        var until = Optional.of(Instant.parse("2026-10-01T12:00:00.412Z"));
        var premium = Fact.Line.of(
                        List.of(
                                "pri_01test00000000000000000001",
                                "pro_01test00000000000000000001",
                                "txnitm_01test0000000000000000001"),
                        1,
                        800)
                .withTax(64)
                .withPeriod(from, until);
        return new Fact.Invoice(id, status, Optional.of("paddle/main/" + SUB), usd(864), usd(paid), from, until)
                .with(new Fact.Breakdown(Fact.InvoiceReason.RENEWAL, 0, 64, 0, List.of(premium)));
    }

    /** @param amount negative: the event tells of none */
    private static Sample sample(String file, int event, String paymentId, String at, long amount, List<Fact> facts) {
        var delivery = TestFiles.delivery("paddle", file);
        var type = TestFiles.json("samples/paddle/" + file + ".json")
                .path("event_type")
                .asText();
        var eventId = "evt_01test0000000000000000000" + Integer.toString(event);
        var money = amount < 0 ? Optional.<Money>empty() : Optional.of(usd(amount));
        var expected = new Sample.Expected(paymentId, eventId, type, Instant.parse(at), money, facts);
        return new Sample(file, delivery, List.of(expected));
    }

    private static List<Fact> with(Fact... more) {
        var all = new ArrayList<>(PREMIUM);
        all.addAll(List.of(more));
        return all;
    }

    private static Money usd(long minorUnits) {
        return new Money(minorUnits, "USD");
    }
}
