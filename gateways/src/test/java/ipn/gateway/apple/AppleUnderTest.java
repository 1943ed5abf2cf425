package ipn.gateway.apple;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import ipn.conformance.SenselessJson;
import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.CompactJws;
import ipn.topics.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Apple in the contract. Its samples are signed by one chain of test certificates, what the tests sign by another. */
public final class AppleUnderTest implements GatewayUnderTest {
    private static final String ROOTS =
            "['file:src/test/resources/keys/apple/samples-root.pem', 'file:src/test/resources/keys/apple/test-root.pem']";
    private static final Instant SECOND_PERIOD = Instant.ofEpochMilli(1_790_856_000_000L);
    private static final Instant THIRD_PERIOD = Instant.ofEpochMilli(1_793_448_000_000L);
    private static final String FIRST = "2000000000000001";
    private static final String SECOND = "2000000000000002";
    private static final List<Fact> WORDS = List.of(
            new Fact.Reference(ReferenceName.SUBJECT, "00000000-0000-4000-8000-000000000042"),
            new Fact.Sku("com.example.premium.monthly"));

    /** Longer ones are larger, as a token, than any token of Apple's. */
    private static final int CONTENT_BYTES_MAX = 60_000;

    /** Checking each byte takes an ECDSA verification: so many are looked at. */
    private static final int EVERY_SO_MANY_BYTES = 23;

    @Override
    public String name() {
        return AppleGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return open("{mode: test, bundle-id: com.example.social, roots: " + ROOTS + "}");
    }

    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.of(open("{mode: live, bundle-id: com.example.social, app-apple-id: 1234567890}"));
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return open("{mode: test, bundle-id: com.example.other, roots: " + ROOTS + "}");
    }

    static GatewayAccount open(String section) {
        return TestAccounts.open(AppleGateway.NAME, section, Map.of());
    }

    @Override
    public Delivery authentic(Bytes content, Instant now) {
        return new Delivery(
                Map.of("content-type", List.of("application/json")), TestChain.USUAL.body(content), RECEIVED_AT);
    }

    @Override
    public Bytes content(Delivery delivery) {
        return token(delivery).payload();
    }

    private static CompactJws token(Delivery delivery) {
        return SignedJson.token(SignedJson.in(delivery.body())).orElseThrow();
    }

    @Override
    public Instant signedAt(Sample sample) {
        return sample.delivery().receivedAt();
    }

    @Override
    public BitSet signed(Sample sample) {
        var text = sample.delivery().body().utf8();
        var from = text.indexOf("\"eyJ") + 1;
        var looked = new BitSet();
        for (var at = from; at < text.lastIndexOf('"'); at += EVERY_SO_MANY_BYTES) {
            looked.set(at);
        }
        return looked;
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of();
    }

    @Override
    public List<SenselessBody> senselessBodies() {
        return Stream.concat(
                        senselessJson()
                                .filter(body -> body.reason() == Reason.DUPLICATE_KEY)
                                .map(AppleUnderTest::inNotification),
                        AppleRefusalsTest.senseless()
                                .map(each -> new SenselessBody(
                                        each.name(), Bytes.utf8(each.said().payload()), each.reason())))
                .toList();
    }

    /** What is no notification, and so is not believed. */
    static Stream<SenselessBody> senselessJson() {
        return SenselessJson.all().stream()
                .filter(body -> body.body().size() > 0 && body.body().size() < CONTENT_BYTES_MAX);
    }

    /** Two things said outside of what is looked at before it is believed. */
    private static SenselessBody inNotification(SenselessBody senseless) {
        var rest = senseless.body().utf8().substring(1);
        var body = "{\"notificationType\":\"DID_RENEW\",\"notificationUUID\":\"uuid-1\"," + rest;
        return new SenselessBody(senseless.name(), Bytes.utf8(body), senseless.reason());
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        samples.add(sample(
                "DID_RENEW",
                2,
                1_790_856_001_600L,
                800,
                captured(SECOND),
                invoice(SECOND, SECOND_PERIOD, THIRD_PERIOD),
                subscription(SubscriptionStatus.ACTIVE, THIRD_PERIOD, false)));
        samples.add(sample(
                "DID_FAIL_TO_RENEW.GRACE_PERIOD",
                3,
                1_793_448_001_600L,
                -1,
                captured(SECOND),
                invoice(SECOND, SIGNED_AT, SECOND_PERIOD),
                subscription(SubscriptionStatus.PAST_DUE, Instant.ofEpochMilli(1_794_830_400_000L), false)));
        samples.add(sample(
                "EXPIRED.BILLING_RETRY",
                4,
                1_798_632_001_600L,
                -1,
                captured(SECOND),
                invoice(SECOND, SIGNED_AT, SECOND_PERIOD),
                subscription(SubscriptionStatus.EXPIRED, SECOND_PERIOD, false)));
        samples.add(sample(
                "DID_CHANGE_RENEWAL_STATUS.AUTO_RENEW_DISABLED",
                5,
                1_789_128_001_600L,
                -1,
                captured(FIRST),
                invoice(FIRST, SIGNED_AT, SECOND_PERIOD),
                subscription(SubscriptionStatus.ACTIVE, SECOND_PERIOD, true)));
        samples.add(sample(
                "REFUND",
                6,
                1_788_523_201_600L,
                800,
                captured(FIRST),
                invoice(FIRST, SIGNED_AT, SECOND_PERIOD),
                new Fact.Refund(FIRST, usd(800), RefundStatus.SUCCEEDED),
                new Fact.Dispute(FIRST, Optional.empty(), DisputeStatus.CLOSED, ""),
                subscription(SubscriptionStatus.CANCELED, SECOND_PERIOD, false)));
        samples.add(promotion());
        return samples;
    }

    private static Sample promotion() {
        var id = "2000000000000009";
        var line = Fact.Line.of(List.of("com.example.promo.25usd"), 1, 2500)
                .withPeriod(Optional.of(SIGNED_AT), Optional.empty());
        var invoice = new Fact.Invoice(
                id, InvoiceStatus.PAID, Optional.empty(), usd(2500), usd(2500), line.from(), line.until());
        return sample(
                "ONE_TIME_CHARGE",
                7,
                id,
                1_788_264_001_600L,
                2500,
                List.of(
                        WORDS.get(0),
                        new Fact.Sku("com.example.promo.25usd"),
                        new Fact.Captured(id, usd(2500), Optional.empty()),
                        invoice.with(new Fact.Breakdown(InvoiceReason.MANUAL, 0, 0, 0, List.of(line)))));
    }

    private static Sample sample(String file, int event, long at, long amount, Fact... facts) {
        var all = new ArrayList<>(WORDS);
        all.addAll(List.of(facts));
        return sample(file, event, FIRST, at, amount, all);
    }

    /** @param amount negative: the event tells of none */
    private static Sample sample(String file, int event, String paymentId, long at, long amount, List<Fact> facts) {
        var read = TestFiles.delivery("apple", file);
        var signedAt = Instant.ofEpochMilli(at);
        var delivery = new Delivery(read.headers(), read.body(), signedAt.plus(Duration.ofSeconds(1)));
        var money = amount < 0 ? Optional.<Money>empty() : Optional.of(usd(amount));
        var uuid = "00000000-0000-4000-8000-00000000b00" + Integer.toString(event);
        var expected = new Sample.Expected(paymentId, uuid, file, signedAt, money, facts);
        return new Sample(file, delivery, List.of(expected));
    }

    private static Fact captured(String id) {
        return new Fact.Captured(id, usd(800), Optional.empty());
    }

    private static Fact invoice(String id, Instant from, Instant until) {
        var line = Fact.Line.of(List.of("com.example.premium.monthly"), 1, 800)
                .withPeriod(Optional.of(from), Optional.of(until));
        var reason = id.equals(FIRST) ? InvoiceReason.FIRST : InvoiceReason.RENEWAL;
        return new Fact.Invoice(
                        id,
                        InvoiceStatus.PAID,
                        Optional.of("apple/main/" + FIRST),
                        usd(800),
                        usd(800),
                        Optional.of(from),
                        Optional.of(until))
                .with(new Fact.Breakdown(reason, 0, 0, 0, List.of(line)));
    }

    private static Fact subscription(SubscriptionStatus status, Instant periodEnd, boolean ends) {
        var inGrace = status == SubscriptionStatus.PAST_DUE && !ends;
        return new Fact.Subscription(
                        FIRST,
                        status,
                        Optional.of(periodEnd),
                        Optional.empty(),
                        ends,
                        ends ? Optional.of(periodEnd) : Optional.empty())
                .withGraceUntil(inGrace ? Optional.of(periodEnd) : Optional.empty())
                .withItems(List.of(List.of("com.example.premium.monthly")));
    }

    static Money usd(long minorUnits) {
        return new Money(minorUnits, "USD");
    }

    /** Something said that makes no sense. */
    record Senseless(String name, AppleSays said, Reason reason) {
        @Override
        public String toString() {
            return name;
        }
    }
}
