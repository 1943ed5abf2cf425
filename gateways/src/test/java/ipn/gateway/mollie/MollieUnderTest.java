package ipn.gateway.mollie;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import ipn.conformance.Sample.Expected;
import ipn.conformance.SenselessJson;
import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Reverification;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Mollie in the contract: events that are signed, a hint that is not, and what was looked up. */
public final class MollieUnderTest implements GatewayUnderTest.Signing, GatewayUnderTest.InHeader {
    static final String SECRET = "VpTESTsecretMollie0000000000001";
    static final String API_KEY = "test_ONLYforTESTS00000000000001";
    private static final Map<String, String> SECRETS = Map.of(
            "MOLLIE",
            SECRET,
            "MOLLIE_OTHER",
            "VpTESTsecretMollie0000000000002",
            "MOLLIE_KEY",
            API_KEY,
            "MOLLIE_OTHER_KEY",
            "test_ONLYforTESTS00000000000002",
            "MOLLIE_LIVE_KEY",
            "live_ONLYforTESTS00000000000003");
    private static final String PAID = "tr_TESTpay0001";
    private static final Money AMOUNT = eur(2300);
    private static final Fact ORDER = new Fact.Reference(ReferenceName.ORDER, "ord_88213");
    private static final Fact SUBJECT = new Fact.Reference(ReferenceName.SUBJECT, "u_42");
    private static final Fact BUDGET = new Fact.Sku("Promoted post budget");

    @Override
    public String name() {
        return MollieGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        LocalMollie.shows(API_KEY, PAID, TestFiles.bytes("samples/mollie/fetched.payment.paid.json"));
        return open(
                "{mode: test, secrets: 'env:MOLLIE', api-key: 'env:MOLLIE_KEY', fetch-timeout: PT10S, fetch-via: '%s'}"
                        .formatted(LocalMollie.url()));
    }

    /** Chargebacks do not tell the mode. */
    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.empty();
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return open(
                "{mode: test, secrets: 'env:MOLLIE_OTHER', api-key: 'env:MOLLIE_OTHER_KEY', fetch-timeout: PT10S, fetch-via: '%s'}"
                        .formatted(LocalMollie.url()));
    }

    @Override
    public GatewayAccount accountWhereOldSecretEnds(Instant until) {
        return open(
                "{mode: test, secrets: ['env:MOLLIE_OTHER', {secret: 'env:MOLLIE', until: '%s'}]}".formatted(until));
    }

    static GatewayAccount open(String section) {
        return TestAccounts.open(MollieGateway.NAME, section, SECRETS);
    }

    @Override
    public Delivery authentic(Bytes body, Instant now) {
        var signature = MollieSignature.sign(body.array(), SECRET);
        return new Delivery(Map.of("x-mollie-signature", List.of(signature)), body, RECEIVED_AT);
    }

    @Override
    public Optional<Reverification.Cause> notVerifiable(Sample sample) {
        return sample.delivery().header("x-mollie-signature").isPresent()
                ? Optional.empty()
                : Optional.of(Reverification.Cause.CONFIRMED_BY_GATEWAY);
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of("x-mollie-signature");
    }

    @Override
    public Set<String> repeatableProofs() {
        return proofHeaders();
    }

    @Override
    public String signatureHeader() {
        return "x-mollie-signature";
    }

    /** Of a hint nothing is. */
    @Override
    public BitSet signed(Sample sample) {
        var signed = new BitSet();
        if (sample.delivery().header("x-mollie-signature").isPresent()) {
            signed.set(0, sample.delivery().body().size());
        }
        return signed;
    }

    @Override
    public List<SenselessBody> senselessBodies() {
        var paid = MollieSays.event("payment.paid", MollieSays.payment("paid"));
        return Stream.concat(
                        SenselessJson.all().stream(),
                        Stream.of(
                                senseless("no type", "{'id': 'event_1'}", Reason.MISSING_FIELD),
                                senseless("no id", paid.replace("'event_1'", "null"), Reason.MISSING_FIELD),
                                senseless(
                                        "another payment",
                                        paid.replace("'entityId': 'tr_1'", "'entityId': 'tr_2'"),
                                        Reason.INVALID_ID),
                                senseless("a number", paid.replace("'23.00'", "23.00"), Reason.INVALID_AMOUNT),
                                senseless("live money", paid.replace("'test'", "'live'"), Reason.WRONG_MODE)))
                .toList();
    }

    private static SenselessBody senseless(String name, String body, Reason reason) {
        return new SenselessBody(name, Bytes.utf8(body.replace('\'', '"')), reason);
    }

    @Override
    public List<String> secrets() {
        return List.of(SECRET, API_KEY);
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        for (var vector : TestFiles.vectors("mollie")) {
            var delivery = new Delivery(
                    TestFiles.headers(vector.path("headers")),
                    Bytes.utf8(vector.path("body").asText()),
                    RECEIVED_AT);
            samples.add(new Sample("vector " + vector.path("id").asText(), delivery, List.of()));
        }
        samples.add(hint());
        samples.addAll(documents());
        samples.addAll(events());
        return samples;
    }

    private static Sample hint() {
        var delivery = new Delivery(
                Map.of("content-type", List.of("application/x-www-form-urlencoded")),
                Bytes.utf8("id=" + PAID),
                RECEIVED_AT);
        return new Sample("a hint", delivery, List.of(Expected.ignored(PAID, PAID + ":look", "look")));
    }

    private static List<Sample> documents() {
        return List.of(
                document(
                        PAID,
                        "paid",
                        "paid:0.00::5",
                        "2026-09-01T12:00:00Z",
                        AMOUNT,
                        captured(PAID, AMOUNT),
                        new Fact.RefundTotal(PAID, eur(0)),
                        ORDER,
                        SUBJECT,
                        BUDGET),
                document(
                        "tr_TESTpay0002",
                        "failed",
                        "failed:::4",
                        "2026-09-01T12:00:30Z",
                        AMOUNT,
                        new Fact.Attempt("tr_TESTpay0002", AttemptStatus.FAILED, ""),
                        ORDER,
                        SUBJECT,
                        BUDGET),
                document(
                        "tr_TESTpay0003",
                        "subscription_renewal",
                        "paid:0.00::5",
                        "2026-09-01T12:00:00Z",
                        eur(800),
                        captured("tr_TESTpay0003", eur(800)),
                        new Fact.RefundTotal("tr_TESTpay0003", eur(0)),
                        new Fact.Invoice(
                                "tr_TESTpay0003",
                                InvoiceStatus.PAID,
                                Optional.of("mollie/main/sub_TEST000001"),
                                eur(800),
                                eur(800),
                                Optional.of(Instant.parse("2026-09-01T11:59:00Z")),
                                Optional.empty()),
                        SUBJECT,
                        new Fact.Sku("Premium monthly")),
                document(
                        "tr_TESTpay0004",
                        "lines",
                        "paid:0.00::5",
                        "2026-09-01T12:00:00Z",
                        eur(2500),
                        captured("tr_TESTpay0004", eur(2500)),
                        new Fact.RefundTotal("tr_TESTpay0004", eur(0)),
                        lines(),
                        ORDER,
                        SUBJECT,
                        BUDGET));
    }

    private static Fact lines() {
        var premium = Fact.Line.of(List.of("premium"), 2, 2400)
                .withDiscount(400, Optional.empty())
                .withTax(347);
        var report = Fact.Line.of(List.of("report"), 1, 1000).withTax(174);
        return new Fact.Invoice(
                        "tr_TESTpay0004",
                        InvoiceStatus.PAID,
                        Optional.empty(),
                        eur(2500),
                        eur(2500),
                        Optional.of(Instant.parse("2026-09-01T11:59:00Z")),
                        Optional.empty())
                .with(new Fact.Breakdown(InvoiceReason.MANUAL, 400, 521, 500, List.of(premium, report)));
    }

    private static List<Sample> events() {
        return List.of(
                event(
                        "payment.paid",
                        1,
                        "2026-09-01T12:00:01Z",
                        AMOUNT,
                        captured(PAID, AMOUNT),
                        new Fact.RefundTotal(PAID, eur(0)),
                        ORDER,
                        SUBJECT,
                        BUDGET),
                event(
                        "refund.refunded",
                        2,
                        "2026-09-01T14:00:00Z",
                        eur(1000),
                        new Fact.Refund("re_TEST000001", eur(1000), RefundStatus.SUCCEEDED)),
                event(
                        "chargeback.received",
                        3,
                        "2026-09-02T12:00:00Z",
                        AMOUNT,
                        new Fact.Dispute("chb_TEST000001", Optional.of(AMOUNT), DisputeStatus.LOST, "AC01"),
                        new Fact.DisputeFunds("chb_TEST000001", AMOUNT, DisputeMovement.WITHDRAWN)));
    }

    private static Sample document(String id, String file, String state, String at, Money amount, Fact... facts) {
        var body = TestFiles.bytes("samples/mollie/fetched.payment." + file + ".json");
        var url = "https://api.mollie.com/v2/payments/" + id + "?embed=refunds,chargebacks";
        var type = "payment." + state.substring(0, state.indexOf(':'));
        return new Sample(
                "fetched " + file,
                Delivery.fetched(url, "application/hal+json", body, RECEIVED_AT),
                List.of(expected(id, id + ":" + state, type, at, amount, facts)));
    }

    private static Sample event(String type, int event, String at, Money amount, Fact... facts) {
        return new Sample(
                type,
                TestFiles.delivery("mollie", "nextgen." + type),
                List.of(expected(PAID, "event_TEST00000000000" + Integer.toString(event), type, at, amount, facts)));
    }

    private static Expected expected(String id, String eventId, String type, String at, Money amount, Fact... facts) {
        return new Expected(id, eventId, type, Instant.parse(at), Optional.of(amount), List.of(facts));
    }

    private static Fact captured(String id, Money amount) {
        return new Fact.Captured(id, amount, Optional.empty());
    }

    private static Money eur(long cents) {
        return new Money(cents, "EUR");
    }
}
