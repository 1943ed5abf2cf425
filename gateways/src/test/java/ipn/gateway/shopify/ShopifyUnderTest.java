package ipn.gateway.shopify;

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

/** Shopify in the contract. */
public final class ShopifyUnderTest implements GatewayUnderTest.Signing, GatewayUnderTest.InHeader {
    static final String SECRET = "shpss_test_00000000000000000000000000000001";
    private static final Map<String, String> SECRETS =
            Map.of("SHOPIFY", SECRET, "SHOPIFY_OTHER", "shpss_test_00000000000000000000000000000002");
    private static final String SHOP = "shop: test-shop.myshopify.com";
    private static final String ORDER = "5500000000001";

    @Override
    public String name() {
        return ShopifyGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return open("{mode: test, secrets: 'env:SHOPIFY', " + SHOP + "}");
    }

    /** Only orders and transactions tell their mode, disputes do not. */
    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.empty();
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return open("{mode: test, secrets: 'env:SHOPIFY_OTHER', " + SHOP + "}");
    }

    @Override
    public GatewayAccount accountWhereOldSecretEnds(Instant until) {
        return open("{mode: test, %s, secrets: ['env:SHOPIFY_OTHER', {secret: 'env:SHOPIFY', until: '%s'}]}"
                .formatted(SHOP, until));
    }

    static GatewayAccount open(String section) {
        return TestAccounts.open(ShopifyGateway.NAME, section, SECRETS);
    }

    static Listener listener(String topic) {
        return listener("test", topic);
    }

    static Listener listener(String mode, String topic) {
        return new Listener(
                open("{mode: %s, secrets: 'env:SHOPIFY', %s}".formatted(mode, SHOP)),
                Map.of(
                        "x-shopify-topic", topic,
                        "x-shopify-shop-domain", "test-shop.myshopify.com",
                        "x-shopify-webhook-id", "wh_1",
                        "x-shopify-triggered-at", "2026-09-01T12:00:00.123456789Z"));
    }

    @Override
    public Delivery authentic(Bytes body, Instant now) {
        return new Delivery(
                Map.of(
                        "x-shopify-hmac-sha256", List.of(ShopifySignature.sign(body.array(), SECRET)),
                        "x-shopify-topic", List.of("orders/paid"),
                        "x-shopify-shop-domain", List.of("test-shop.myshopify.com"),
                        "x-shopify-webhook-id", List.of("wh_1")),
                body,
                RECEIVED_AT);
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of("x-shopify-hmac-sha256");
    }

    @Override
    public String signatureHeader() {
        return "x-shopify-hmac-sha256";
    }

    @Override
    public List<SenselessBody> senselessBodies() {
        var bodies = new ArrayList<>(SenselessJson.all());
        bodies.add(new SenselessBody("no order", Bytes.utf8("{}"), Reason.MALFORMED));
        bodies.add(new SenselessBody(
                "live money",
                Bytes.utf8("{\"id\":1,\"financial_status\":\"paid\",\"test\":false}"),
                Reason.WRONG_MODE));
        bodies.add(new SenselessBody(
                "an id that is none",
                Bytes.utf8("{\"id\":\"1/2\",\"financial_status\":\"paid\",\"test\":true}"),
                Reason.INVALID_ID));
        return bodies;
    }

    @Override
    public List<String> secrets() {
        return List.of(SECRET);
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        for (var vector : TestFiles.vectors("shopify")) {
            var delivery = new Delivery(
                    TestFiles.headers(vector.path("headers")),
                    Bytes.utf8(vector.path("body").asText()),
                    RECEIVED_AT);
            samples.add(new Sample("vector " + vector.path("id").asText(), delivery, List.of()));
        }
        samples.add(sample(
                "order_transactions.create.failure",
                1,
                "5500000000002",
                "2026-09-01T12:00:00Z",
                2500,
                new Fact.Attempt("6600000000002", AttemptStatus.FAILED, "card_declined")));
        samples.add(sample(
                "orders.paid",
                2,
                ORDER,
                "2026-09-01T12:00:00Z",
                2500,
                new Fact.Invoice(
                                ORDER,
                                InvoiceStatus.PAID,
                                Optional.empty(),
                                usd(2500),
                                usd(2500),
                                Optional.empty(),
                                Optional.empty())
                        .with(new Fact.Breakdown(
                                Fact.InvoiceReason.OTHER,
                                0,
                                0,
                                0,
                                List.of(Fact.Line.of(List.of("9910000000001", "promo-25", "9900000000001"), 1, 2500)))),
                new Fact.Reference(SUBJECT, "u_42"),
                new Fact.Sku("promo-25"),
                new Fact.Sku("9910000000001")));
        samples.add(sample(
                "refunds.create.partial",
                3,
                ORDER,
                "2026-09-01T13:00:00Z",
                1000,
                new Fact.Refund("6600000000003", usd(1000), RefundStatus.SUCCEEDED)));
        samples.add(sample("disputes.create", 4, ORDER, "2026-09-02T12:00:00Z", 2500, dispute(DisputeStatus.OPEN)));
        samples.add(
                sample("disputes.update.lost", 5, ORDER, "2026-10-11T12:00:00Z", 2500, dispute(DisputeStatus.LOST)));
        samples.add(sample(
                "subscription_billing_attempts.failure",
                6,
                "contract:1400000000001",
                "2026-09-01T12:00:00.123Z",
                -1,
                new Fact.Subscription(
                        "1400000000001",
                        SubscriptionStatus.PAST_DUE,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty())));
        return samples;
    }

    private static Fact dispute(DisputeStatus status) {
        return new Fact.Dispute("2800000000001", Optional.of(usd(2500)), status, "fraudulent");
    }

    /** @param amount negative: the delivery tells of none */
    private static Sample sample(String file, int delivery, String paymentId, String at, long amount, Fact... facts) {
        var topic = TestFiles.json("samples/shopify/" + file + ".headers.json")
                .at("/headers/X-Shopify-Topic")
                .asText();
        var money = amount < 0 ? Optional.<Money>empty() : Optional.of(usd(amount));
        var expected = new Sample.Expected(
                paymentId,
                "00000000-0000-4000-8000-0000000f000" + Integer.toString(delivery),
                topic,
                Instant.parse(at),
                money,
                List.of(facts));
        return new Sample(file, TestFiles.delivery("shopify", file), List.of(expected));
    }

    static Money usd(long minorUnits) {
        return new Money(minorUnits, "USD");
    }
}
