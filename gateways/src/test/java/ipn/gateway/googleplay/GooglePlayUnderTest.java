package ipn.gateway.googleplay;

import static ipn.fact.Fact.ReferenceName.REFERENCE;
import static ipn.fact.Fact.ReferenceName.SUBJECT;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Reverification;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.StrictJson;
import java.time.Instant;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Google Play in the contract. Content is what Play says inside of Pub/Sub's message. Only Google's servers can have such a
 * token, and TLS carries it here with the body; so no byte of the body is signed.
 */
public final class GooglePlayUnderTest implements GatewayUnderTest.InHeader {
    private static final String TOKEN = "TESTtokenaaaaaaaaaaaaaaaa.AO-J1OzTEST";
    private static final String PROMO_TOKEN = TOKEN + "2";
    private static final String RENEWAL = "GPA.3300-0000-0000-00001..0";
    private static final String PROMO_ORDER = "GPA.0000-0000-0000-00001";
    private static final Fact PREMIUM = new Fact.Sku("premium_monthly");
    private static final Fact USER = new Fact.Reference(SUBJECT, "u_42");

    /** Started when somebody asks for it, to the end of the JVM; it knows of no purchase. */
    private static final class Google {
        static final LocalGoogle RUNNING = new LocalGoogle();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(RUNNING::close));
        }
    }

    @Override
    public String name() {
        return GooglePlayGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return Google.RUNNING.looking();
    }

    /** Notifications and orders do not tell the mode; purchases do, see {@link PurchasesTest}. */
    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.empty();
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return Google.RUNNING.open("other-push@test-project.iam.gserviceaccount.com", "");
    }

    @Override
    public Delivery authentic(Bytes content, Instant now) {
        return TestGoogle.push(content, now);
    }

    @Override
    public Bytes content(Delivery delivery) {
        var data = StrictJson.read(delivery.body()).at("message").at("data").glance();
        return Bytes.wrap(Base64.getDecoder().decode(data.orElseThrow()));
    }

    @Override
    public BitSet signed(Sample sample) {
        return new BitSet();
    }

    @Override
    public Optional<Reverification.Cause> notVerifiable(Sample sample) {
        return Optional.of(Reverification.Cause.PROOF_NOT_STORED);
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of(PushTokens.HEADER);
    }

    @Override
    public String signatureHeader() {
        return PushTokens.HEADER;
    }

    @Override
    public List<SenselessBody> senselessBodies() {
        return SenselessNotifications.all();
    }

    @Override
    public List<String> secrets() {
        return TestFiles.json("keys/google-play/TEST-ONLY-service-account.json")
                .path("private_key")
                .asText()
                .lines()
                .filter(line -> !line.startsWith("-----"))
                .toList();
    }

    @Override
    public List<Sample> samples() {
        return List.of(
                standing(
                        "subscription.purchased",
                        1,
                        "SUBSCRIPTION_PURCHASED",
                        1_788_264_000,
                        SubscriptionStatus.ACTIVE),
                standing("subscription.renewed", 2, "SUBSCRIPTION_RENEWED", 1_790_856_000, SubscriptionStatus.ACTIVE),
                standing(
                        "subscription.in_grace_period",
                        3,
                        "SUBSCRIPTION_IN_GRACE_PERIOD",
                        1_793_448_000,
                        SubscriptionStatus.PAST_DUE),
                standing("subscription.on_hold", 4, "SUBSCRIPTION_ON_HOLD", 1_794_052_800, SubscriptionStatus.UNPAID),
                sent(
                        "subscription.canceled",
                        TOKEN,
                        "15000000000000005",
                        "SUBSCRIPTION_CANCELED",
                        1_789_128_000,
                        List.of(subscription(TOKEN, SubscriptionStatus.ACTIVE, null, null, true), PREMIUM)),
                standing("subscription.revoked", 6, "SUBSCRIPTION_REVOKED", 1_789_264_000, SubscriptionStatus.CANCELED),
                standing("subscription.expired", 7, "SUBSCRIPTION_EXPIRED", 1_796_644_800, SubscriptionStatus.EXPIRED),
                sent(
                        "voided.refund_full",
                        PROMO_TOKEN,
                        "15000000000000021",
                        "VOIDED_PURCHASE",
                        1_788_350_400,
                        List.of(
                                new Fact.Attempt(PROMO_ORDER, AttemptStatus.CANCELED, "voided"),
                                new Fact.Dispute(PROMO_ORDER, Optional.empty(), DisputeStatus.LOST, "voided", true))),
                sent(
                        "pending_refund_review",
                        PROMO_ORDER,
                        "15000000000000022",
                        "PENDING_REFUND_REVIEW",
                        1_788_344_000,
                        List.of(new Fact.Dispute(PROMO_ORDER, Optional.empty(), DisputeStatus.INQUIRY, "7"))),
                active(),
                replaced(),
                purchased(),
                renewal(),
                offer(),
                refunded());
    }

    private static Sample active() {
        var end = "2026-11-01T12:00:00.112Z";
        return seen(
                "fetched.subscription.active",
                new PublisherResource(PublisherResource.Kind.SUBSCRIPTION, TestGoogle.PACKAGE, TOKEN),
                List.of(
                        subscription(TOKEN, SubscriptionStatus.ACTIVE, end, null, false)
                                .withItems(List.of(List.of("premium_monthly", "premium_monthly:monthly"))),
                        USER,
                        PREMIUM,
                        new Fact.Sku("premium_monthly:monthly")));
    }

    private static Sample replaced() {
        var place = new PublisherResource(
                PublisherResource.Kind.SUBSCRIPTION, TestGoogle.PACKAGE, "TESTtokenbbbbbbbbbbbbbbbb.AO-J1OzTEST");
        var end = "2026-10-01T12:00:00.112Z";
        var seen = seen(
                "fetched.subscription.replaced",
                place,
                List.of(
                        subscription(place.id(), SubscriptionStatus.TRIALING, end, end, true)
                                .withItems(List.of(List.of("premium_yearly", "premium_yearly:yearly"))),
                        USER,
                        new Fact.Sku("premium_yearly"),
                        new Fact.Sku("premium_yearly:yearly")));
        var own = seen.expected().get(0);
        var old = new Sample.Expected(
                TOKEN,
                own.eventId() + ":linked",
                "subscriptionPurchaseV2.linked",
                own.occurredAt(),
                Optional.empty(),
                List.of(subscription(TOKEN, SubscriptionStatus.EXPIRED, null, null, true)));
        return new Sample(seen.name(), seen.delivery(), List.of(own, old));
    }

    private static Sample purchased() {
        return seen(
                "fetched.product.purchased",
                new PublisherResource(PublisherResource.Kind.PRODUCT, TestGoogle.PACKAGE, PROMO_TOKEN),
                List.of(USER, new Fact.Reference(REFERENCE, "post_7"), new Fact.Sku("promo_25")));
    }

    private static Sample renewal() {
        var paid = new Money(856, "USD");
        var invoice = new Fact.Invoice(
                RENEWAL,
                InvoiceStatus.PAID,
                Optional.of("google-play/main/" + TOKEN),
                new Money(800, "USD"),
                new Money(800, "USD"),
                Optional.of(Instant.parse("2026-10-01T12:00:00.112Z")),
                Optional.of(Instant.parse("2026-11-01T12:00:00.112Z")));
        var line = Fact.Line.of(List.of("premium_monthly", "premium_monthly:monthly"), 1, 800)
                .withTax(56)
                .withPeriod(invoice.from(), invoice.until());
        return order(
                "fetched.order.renewal",
                RENEWAL,
                TOKEN,
                "2026-10-01T12:00:00.733Z",
                paid,
                List.of(
                        new Fact.Captured(RENEWAL, paid, Optional.empty()),
                        invoice.with(new Fact.Breakdown(InvoiceReason.RENEWAL, 0, 56, 0, List.of(line))),
                        PREMIUM,
                        new Fact.Sku("premium_monthly:monthly")));
    }

    private static Sample offer() {
        var id = "GPA.3300-0000-0000-00002";
        var paid = new Money(700, "USD");
        var invoice = new Fact.Invoice(
                id,
                InvoiceStatus.PAID,
                Optional.of("google-play/main/" + TOKEN),
                paid,
                paid,
                Optional.of(Instant.parse("2026-10-01T12:00:00.112Z")),
                Optional.of(Instant.parse("2026-11-01T12:00:00.112Z")));
        var premium = Fact.Line.of(List.of("premium_monthly", "premium_monthly:monthly"), 1, 800)
                .withDiscount(300, Optional.of("winter"))
                .withTax(45)
                .withPeriod(invoice.from(), invoice.until());
        var storage = Fact.Line.of(List.of("storage", "storage:monthly"), 1, 200)
                .withTax(18)
                .withPeriod(invoice.from(), invoice.until());
        return order(
                "fetched.order.offer",
                id,
                TOKEN,
                "2026-10-01T12:00:00.733Z",
                paid,
                List.of(
                        new Fact.Captured(id, paid, Optional.empty()),
                        invoice.with(new Fact.Breakdown(InvoiceReason.FIRST, 300, 63, 0, List.of(premium, storage))),
                        PREMIUM,
                        new Fact.Sku("premium_monthly:monthly"),
                        new Fact.Sku("storage"),
                        new Fact.Sku("storage:monthly")));
    }

    private static Sample refunded() {
        var paid = new Money(2500, "USD");
        var invoice = new Fact.Invoice(
                PROMO_ORDER,
                InvoiceStatus.PAID,
                Optional.empty(),
                paid,
                paid,
                Optional.of(Instant.parse("2026-09-01T12:00:00Z")),
                Optional.empty());
        return order(
                "fetched.order.refunded",
                PROMO_ORDER,
                PROMO_TOKEN,
                "2026-09-02T12:00:00Z",
                paid,
                List.of(
                        new Fact.Captured(PROMO_ORDER, paid, Optional.empty()),
                        invoice.with(new Fact.Breakdown(
                                InvoiceReason.MANUAL,
                                0,
                                200,
                                0,
                                List.of(Fact.Line.of(List.of("promo_25"), 1, 2500)
                                        .withTax(200)))),
                        new Fact.RefundTotal(PROMO_ORDER, paid),
                        new Fact.Sku("promo_25")));
    }

    private static Sample standing(String file, int message, String type, long at, SubscriptionStatus status) {
        var facts = List.of(subscription(TOKEN, status, null, null, false), PREMIUM);
        return sent(file, TOKEN, "1500000000000000" + message, type, at, facts);
    }

    private static Fact.Subscription subscription(
            String id, SubscriptionStatus status, @Nullable String end, @Nullable String trialEnd, boolean scheduled) {
        var until = Optional.ofNullable(end).map(Instant::parse);
        return new Fact.Subscription(
                        id,
                        status,
                        until,
                        Optional.ofNullable(trialEnd).map(Instant::parse),
                        scheduled,
                        scheduled ? until : Optional.empty())
                .withGraceUntil(status == SubscriptionStatus.PAST_DUE ? until : Optional.empty());
    }

    private static Sample sent(String file, String paymentId, String message, String type, long at, List<Fact> facts) {
        var kept = TestFiles.delivery("google-play", file);
        return new Sample(
                file,
                new Delivery(kept.headers(), kept.body(), TestGoogle.RECEIVED_AT),
                List.of(new Sample.Expected(
                        paymentId, message, type, Instant.ofEpochSecond(at), Optional.empty(), facts)));
    }

    private static Sample seen(String file, PublisherResource place, List<Fact> facts) {
        return seen(file, place, place.id(), SIGNED_AT, Optional.empty(), facts);
    }

    private static Sample order(String file, String id, String token, String changedAt, Money total, List<Fact> facts) {
        var place = new PublisherResource(PublisherResource.Kind.ORDER, TestGoogle.PACKAGE, id);
        return seen(file, place, token, Instant.parse(changedAt), Optional.of(total), facts);
    }

    private static Sample seen(
            String file, PublisherResource place, String token, Instant at, Optional<Money> amount, List<Fact> facts) {
        var delivery = Documents.sample(place, file, SIGNED_AT);
        var notifiedAt = place.kind() == PublisherResource.Kind.ORDER ? "" : SIGNED_AT.toString();
        var event = Bytes.utf8(
                place.url() + "\n" + notifiedAt + "\n" + delivery.body().sha256());
        return new Sample(
                file,
                delivery,
                List.of(new Sample.Expected(
                        token, "seen:" + event.sha256(), place.kind().type(), at, amount, facts)));
    }
}
