package ipn.gateway.braintree;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.content.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Braintree in the contract: what is signed stands packed in a field of a form, its signature in another. */
public final class BraintreeUnderTest implements GatewayUnderTest.Signing {
    private static final Pattern SIGNED =
            Pattern.compile(BraintreeSays.PUBLIC + "%7C([0-9a-f]{40})|bt_payload=([^&]*)");
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");
    private static final String SUBSCRIPTION = "TESTsub1";
    private static final Optional<Instant> PAID_UNTIL = Optional.of(Instant.parse("2026-10-01T12:00:00Z"));
    private static final Fact ORDER = new Fact.Reference(ReferenceName.ORDER, "ord_88213");
    private static final Fact SUBJECT = new Fact.Reference(ReferenceName.SUBJECT, "u_42");
    private static final Fact PLAN = new Fact.Sku("premium_monthly");

    @Override
    public String name() {
        return BraintreeGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return BraintreeSays.open(BraintreeSays.USUAL);
    }

    /** A notification does not tell the mode; the key pair does. */
    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.empty();
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return BraintreeSays.open(BraintreeSays.USUAL.replace("env:BRAINTREE", "env:BRAINTREE_OTHER"));
    }

    @Override
    public GatewayAccount accountWhereOldSecretEnds(Instant until) {
        return BraintreeSays.open(("{mode: test, key-pairs: {other_public_key: 'env:BRAINTREE_OTHER', "
                        + "integration_public_key: {secret: 'env:BRAINTREE', until: '%s'}}}")
                .formatted(until));
    }

    @Override
    public Delivery authentic(Bytes xml, Instant now) {
        return BraintreeSays.delivery(xml);
    }

    @Override
    public Bytes content(Delivery delivery) {
        return Bytes.wrap(Base64.getMimeDecoder()
                .decode(BraintreeMessage.of(delivery.body()).payload()));
    }

    /** Hex may be written in small letters, too: that is the same form. */
    @Override
    public BitSet signed(Sample sample) {
        var body = new String(sample.delivery().body().array(), StandardCharsets.ISO_8859_1);
        var signed = new BitSet();
        var values = SIGNED.matcher(body);
        while (values.find()) {
            var group = values.group(1) == null ? 2 : 1;
            signed.set(values.start(group), values.end(group));
        }
        var escapes = ESCAPE.matcher(body);
        while (escapes.find()) {
            signed.clear(escapes.start() + 1, escapes.end());
        }
        return signed;
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of();
    }

    @Override
    public List<SenselessBody> senselessBodies() {
        return SenselessBraintree.all();
    }

    @Override
    public List<String> secrets() {
        return List.of(BraintreeSays.PRIVATE);
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        samples.add(sample(
                "transaction_settled",
                "2026-09-02T12:00:00Z",
                expected(
                        "testtx01",
                        "testtx01",
                        2500,
                        new Fact.Captured("testtx01", usd(2500), Optional.empty()),
                        ORDER,
                        SUBJECT)));
        for (var vector : TestFiles.vectors("braintree")) {
            if (!vector.path("body").asText().isEmpty()) {
                var body = Bytes.utf8(vector.path("body").asText());
                samples.add(new Sample(
                        "vector " + vector.path("id").asText(), new Delivery(Map.of(), body, RECEIVED_AT), List.of()));
            }
        }
        samples.add(sample(
                "subscription_charged_successfully",
                "2026-09-01T12:00:00Z",
                expected(
                        "testtx03",
                        SUBSCRIPTION + ":testtx03",
                        800,
                        new Fact.Captured("testtx03", usd(800), Optional.empty()),
                        invoice(
                                "testtx03",
                                InvoiceStatus.PAID,
                                800,
                                Fact.InvoiceReason.RENEWAL,
                                Optional.of(Instant.parse("2026-09-01T00:00:00Z")),
                                PAID_UNTIL),
                        ORDER,
                        SUBJECT,
                        PLAN),
                expected(
                        SUBSCRIPTION,
                        SUBSCRIPTION + ":testtx03:subscription",
                        -1,
                        standing(SubscriptionStatus.ACTIVE),
                        SUBJECT,
                        PLAN)));
        samples.add(sample(
                "subscription_charged_unsuccessfully",
                "2026-10-01T12:00:00Z",
                expected(
                        "testtx04",
                        SUBSCRIPTION + ":testtx04",
                        800,
                        new Fact.Attempt("testtx04", AttemptStatus.FAILED, "2001"),
                        new Fact.Captured("testtx04", usd(0), Optional.empty()),
                        invoice(
                                "testtx04",
                                InvoiceStatus.FAILED,
                                0,
                                Fact.InvoiceReason.OTHER,
                                PAID_UNTIL,
                                Optional.empty()),
                        ORDER,
                        SUBJECT,
                        PLAN),
                expected(
                        SUBSCRIPTION,
                        SUBSCRIPTION + ":testtx04:subscription",
                        -1,
                        standing(SubscriptionStatus.PAST_DUE),
                        SUBJECT,
                        PLAN)));
        samples.add(sample(
                "subscription_went_past_due",
                "2026-10-01T12:00:00Z",
                expected(SUBSCRIPTION, SUBSCRIPTION, -1, standing(SubscriptionStatus.PAST_DUE), PLAN)));
        samples.add(sample(
                "subscription_canceled",
                "2026-10-15T12:00:00Z",
                expected(SUBSCRIPTION, SUBSCRIPTION, -1, standing(SubscriptionStatus.CANCELED), PLAN)));
        samples.add(dispute("dispute_won", DisputeStatus.WON));
        samples.add(dispute("dispute_lost", DisputeStatus.LOST));
        samples.add(refund());
        return samples;
    }

    private static Sample dispute(String kind, DisputeStatus status) {
        return sample(
                kind,
                "2026-10-01T12:00:00Z",
                expected(
                        "testtx01",
                        "TESTdispute1",
                        2500,
                        new Fact.Dispute("TESTdispute1", Optional.of(usd(2500)), status, "fraud"),
                        ORDER));
    }

    /** Names no fact of ours beside the refund: what merchants write there is about the refund. */
    private Sample refund() {
        var xml = BraintreeSays.notification(
                "refund_failed",
                "<transaction><id>refund01</id><type>credit</type><amount>10.00</amount>"
                        + "<currency-iso-code>USD</currency-iso-code><order-id>x</order-id>"
                        + "<refunded-transaction-id>testtx01</refunded-transaction-id></transaction>");
        var expected = new Sample.Expected(
                "testtx01",
                "refund_failed:2026-09-01T12:00:00Z:refund01",
                "refund_failed",
                Instant.parse("2026-09-01T12:00:00Z"),
                Optional.of(usd(1000)),
                List.of(new Fact.Refund("refund01", usd(1000), Fact.RefundStatus.FAILED)));
        return new Sample("refund_failed", authentic(Bytes.utf8(xml), SIGNED_AT), List.of(expected));
    }

    /** @param cents negative: the event tells of no amount */
    private static Sample.Expected expected(String paymentId, String about, long cents, Fact... facts) {
        return new Sample.Expected(
                paymentId,
                about,
                "",
                Instant.EPOCH,
                cents < 0 ? Optional.empty() : Optional.of(usd(cents)),
                List.of(facts));
    }

    private static Sample sample(String kind, String at, Sample.Expected... items) {
        var body = TestFiles.bytes("samples/braintree/" + kind + ".form");
        var headers = TestFiles.headers(
                TestFiles.json("samples/braintree/" + kind + ".headers.json").path("headers"));
        var expected = List.of(items).stream()
                .map(item -> new Sample.Expected(
                        item.paymentId(),
                        kind + ":" + at + ":" + item.eventId(),
                        kind,
                        Instant.parse(at),
                        item.amount(),
                        item.facts()))
                .toList();
        return new Sample(kind, new Delivery(headers, body, RECEIVED_AT), expected);
    }

    private static Fact invoice(
            String id,
            InvoiceStatus status,
            long paid,
            Fact.InvoiceReason reason,
            Optional<Instant> from,
            Optional<Instant> until) {
        var plan = Fact.Line.of(List.of("premium_monthly"), 1, 800).withPeriod(from, until);
        return new Fact.Invoice(
                        id, status, Optional.of("braintree/main/" + SUBSCRIPTION), usd(800), usd(paid), from, until)
                .with(new Fact.Breakdown(reason, 0, 0, 0, List.of(plan)));
    }

    private static Fact standing(SubscriptionStatus status) {
        return new Fact.Subscription(SUBSCRIPTION, status, PAID_UNTIL, Optional.empty(), false, Optional.empty())
                .withItems(List.of(List.of("premium_monthly")));
    }

    private static Money usd(long cents) {
        return new Money(cents, "USD");
    }
}
