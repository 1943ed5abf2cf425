package ipn.gateway.paypal;

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
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Reverification;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** PayPal's webhooks in the contract. Certificates come from this machine, under test authorities. */
public final class PayPalUnderTest implements GatewayUnderTest.InHeader {
    static final String ROOTS =
            "['file:src/test/resources/keys/paypal/samples-ca.pem', 'file:src/test/resources/keys/paypal/test-ca.pem']";
    private static final CertificateHost HOST = new CertificateHost();
    private static final String CAPTURE = "7TE57CAPTUR300001";
    private static final String SUBSCRIPTION = "I-TESTSUB00001";
    private static final Fact BUYER = new Fact.Reference(ReferenceName.SUBJECT, "u_42");
    private static final Fact ORDER = new Fact.Reference(ReferenceName.ORDER, "ord_88213");

    @Override
    public String name() {
        return PayPalGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return fetching(HOST.via(), TestSigner.WEBHOOK_ID, "");
    }

    /** Notifications do not tell their mode; the certificate's host and name do. */
    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.empty();
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return fetching(HOST.via(), "8TE57W3BHOOK00002", "");
    }

    /** @param more settings, behind a comma */
    static GatewayAccount fetching(String via, String webhookId, String more) {
        return open("{mode: test, webhook-id: %s, fetch-via: '%s', fetch-timeout: PT10S, roots: %s%s}"
                .formatted(webhookId, via, ROOTS, more));
    }

    static GatewayAccount open(String section) {
        return TestAccounts.open(PayPalGateway.NAME, section, Map.of());
    }

    @Override
    public Delivery authentic(Bytes content, Instant now) {
        return TestSigner.USUAL.sign(content, now);
    }

    @Override
    public Optional<Reverification.Cause> notVerifiable(Sample sample) {
        return Optional.of(Reverification.Cause.KEY_NOT_STORED);
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.copyOf(Transmission.HEADERS);
    }

    @Override
    public String signatureHeader() {
        return Transmission.SIGNATURE;
    }

    @Override
    public List<SenselessBody> senselessBodies() {
        return Stream.concat(
                        SenselessJson.all().stream(),
                        PayPalRefusalsTest.senseless()
                                .map(each -> new SenselessBody(
                                        each.name(), Bytes.utf8(each.event().replace('\'', '"')), each.reason())))
                .toList();
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        samples.add(sample(
                "PAYMENT.CAPTURE.COMPLETED",
                1,
                CAPTURE,
                "2026-09-01T12:00:00.412Z",
                2500,
                new Fact.Captured(CAPTURE, usd(2500), Optional.of(usd(137))),
                order("5TE57ORD3R0000001"),
                ORDER,
                BUYER));
        samples.add(sample(
                "PAYMENT.CAPTURE.DENIED",
                2,
                "7TE57CAPTUR300002",
                "2026-09-01T12:00:20.412Z",
                2500,
                new Fact.Attempt("7TE57CAPTUR300002", AttemptStatus.FAILED, "5120"),
                order("5TE57ORD3R0000001"),
                ORDER,
                BUYER));
        samples.add(sample(
                "PAYMENT.CAPTURE.PENDING",
                3,
                "7TE57CAPTUR300003",
                "2026-09-01T12:00:25.412Z",
                2500,
                new Fact.Attempt("7TE57CAPTUR300003", AttemptStatus.PENDING, "PENDING_REVIEW"),
                order("5TE57ORD3R0000001"),
                ORDER,
                BUYER));
        samples.add(sample(
                "PAYMENT.CAPTURE.REFUNDED",
                4,
                CAPTURE,
                "2026-09-01T13:00:01.412Z",
                1000,
                new Fact.Refund("8TE57R3FUND000001", usd(1000), RefundStatus.SUCCEEDED),
                new Fact.RefundTotal(CAPTURE, usd(1000))));
        samples.add(sample(
                "PAYMENT.AUTHORIZATION.CREATED",
                5,
                "6TE57AUTH00000001",
                "2026-09-01T12:00:01.412Z",
                2500,
                new Fact.Authorized("6TE57AUTH00000001", usd(2500)),
                order("5TE57ORD3R0000002"),
                new Fact.Reference(ReferenceName.ORDER, "ord_88215"),
                BUYER));
        samples.add(sample(
                "CUSTOMER.DISPUTE.RESOLVED.buyer",
                7,
                CAPTURE,
                "2026-09-21T12:00:01.412Z",
                2500,
                new Fact.Dispute(CAPTURE, Optional.of(usd(2500)), DisputeStatus.LOST, "UNAUTHORISED", true)));
        samples.addAll(subscription());
        samples.addAll(vectors());
        return samples;
    }

    private static List<Sample> subscription() {
        var sale = "9TE57SAL300000001";
        return List.of(
                sample(
                        "BILLING.SUBSCRIPTION.ACTIVATED",
                        8,
                        SUBSCRIPTION,
                        "2026-09-01T12:00:02.412Z",
                        -1,
                        standing(SubscriptionStatus.ACTIVE),
                        new Fact.Sku("P-TESTPREMIUM0000000000001"),
                        BUYER),
                sample(
                        "BILLING.SUBSCRIPTION.PAYMENT.FAILED",
                        9,
                        SUBSCRIPTION,
                        "2026-10-01T12:00:01.412Z",
                        -1,
                        standing(SubscriptionStatus.PAST_DUE),
                        new Fact.Sku("P-TESTPREMIUM0000000000001"),
                        BUYER),
                sample(
                        "PAYMENT.SALE.COMPLETED",
                        11,
                        sale,
                        "2026-10-01T12:00:02.412Z",
                        800,
                        new Fact.Captured(sale, usd(800), Optional.of(usd(77))),
                        new Fact.Invoice(
                                sale,
                                InvoiceStatus.PAID,
                                Optional.of("paypal/main/" + SUBSCRIPTION),
                                usd(800),
                                usd(800),
                                Optional.of(Instant.parse("2026-10-01T12:00:00Z")),
                                Optional.empty()),
                        BUYER));
    }

    private static List<Sample> vectors() {
        return TestFiles.vectors("paypal").stream()
                .map(vector -> new Sample(
                        "vector " + vector.path("id").asText(),
                        new Delivery(
                                TestFiles.headers(vector.path("headers")),
                                Bytes.utf8(vector.path("body").asText()),
                                RECEIVED_AT),
                        List.of()))
                .toList();
    }

    /** @param amount negative: the event tells of none */
    private static Sample sample(String file, int event, String paymentId, String at, long amount, Fact... facts) {
        var delivery = TestFiles.delivery("paypal", file);
        var type = TestFiles.json("samples/paypal/" + file + ".json")
                .path("event_type")
                .asText();
        var number = (event < 10 ? "0" : "") + Integer.toString(event);
        var eventId = "WH-TEST000000000000" + number + "-00000000000000" + number + "A";
        var money = amount < 0 ? Optional.<Money>empty() : Optional.of(usd(amount));
        var expected = new Sample.Expected(paymentId, eventId, type, Instant.parse(at), money, List.of(facts));
        return new Sample(file, delivery, List.of(expected));
    }

    private static Fact order(String id) {
        return new Fact.Link(LinkKind.PAID_BY, "paypal/main/" + id);
    }

    private static Fact standing(SubscriptionStatus status) {
        return new Fact.Subscription(
                        SUBSCRIPTION,
                        status,
                        Optional.of(Instant.parse("2026-10-01T12:00:00Z")),
                        Optional.empty(),
                        false,
                        Optional.empty())
                .withItems(List.of(List.of("P-TESTPREMIUM0000000000001")));
    }

    static Money usd(long minorUnits) {
        return new Money(minorUnits, "USD");
    }

    /** Something said that makes no sense. */
    record Senseless(String name, String event, ipn.topics.Reason reason) {
        @Override
        public String toString() {
            return name;
        }
    }
}
