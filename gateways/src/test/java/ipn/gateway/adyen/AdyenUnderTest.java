package ipn.gateway.adyen;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.LinkKind;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.content.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Adyen in the contract: standard webhooks are signed within, item by item; the rest as a whole, in a header. */
public final class AdyenUnderTest implements GatewayUnderTest.Signing {
    private static final Pattern SIGNED =
            Pattern.compile("\"(?:pspReference|originalReference|merchantAccountCode|merchantReference|value|currency"
                    + "|eventCode|success|hmacSignature)\":\"?([^\",}]*)");
    private static final String PAYMENT = "TESTPSP000000A01";
    private static final String DISPUTE = "TESTPSP000000D01";
    private static final Fact ORDER = order("ord_88213");
    private static final Fact SUBJECT = new Fact.Reference(ReferenceName.SUBJECT, "u_42");

    @Override
    public String name() {
        return AdyenGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return AdyenSays.open(AdyenSays.USUAL);
    }

    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.of(AdyenSays.open(AdyenSays.USUAL.replace("mode: test", "mode: live")));
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return AdyenSays.open(AdyenSays.USUAL.replace("env:ADYEN", "env:ADYEN_OTHER"));
    }

    @Override
    public GatewayAccount accountWhereOldSecretEnds(Instant until) {
        return AdyenSays.open(
                "{mode: test, merchant-account: T, secrets: ['env:ADYEN_OTHER', {secret: 'env:ADYEN', until: '%s'}]}"
                        .formatted(until));
    }

    @Override
    public Delivery authentic(Bytes body, Instant now) {
        if (body.size() < 100_000 && body.utf8().contains("NotificationRequestItem")) {
            return new Delivery(Map.of(), AdyenSays.signedAgain(body, AdyenSays.SECRET), RECEIVED_AT);
        }
        var signature = AdyenSignature.sign(body, AdyenSays.SECRET);
        return new Delivery(Map.of("hmacsignature", List.of(signature)), body, RECEIVED_AT);
    }

    @Override
    public BitSet signed(Sample sample) {
        if (!sample.delivery().headers("hmacsignature").isEmpty()) {
            return GatewayUnderTest.Signing.super.signed(sample);
        }
        var signed = new BitSet();
        var body = new String(sample.delivery().body().array(), StandardCharsets.ISO_8859_1);
        var values = SIGNED.matcher(body);
        while (values.find()) {
            signed.set(values.start(1), values.end(1));
        }
        return signed;
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of();
    }

    @Override
    public List<SenselessBody> senselessBodies() {
        return SenselessAdyen.all();
    }

    @Override
    public List<String> secrets() {
        return List.of(AdyenSays.SECRET);
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        samples.add(authorization());
        for (var vector : TestFiles.vectors("adyen")) {
            var body = Bytes.utf8(vector.path("body").asText());
            samples.add(new Sample(
                    "vector " + vector.path("id").asText(), new Delivery(Map.of(), body, RECEIVED_AT), List.of()));
        }
        samples.add(sample(
                "AUTHORISATION.refused",
                "TESTPSP000000A02",
                "TESTPSP000000A02:AUTHORISATION:false",
                "2026-09-01T12:00:30Z",
                2500,
                new Fact.Attempt("TESTPSP000000A02", AttemptStatus.FAILED, "Not_enough_balance"),
                order("ord_88214"),
                SUBJECT));
        samples.add(sample(
                "CAPTURE.success",
                PAYMENT,
                "TESTPSP000000C01:CAPTURE:true",
                "2026-09-01T12:01:00Z",
                2500,
                new Fact.Captured(PAYMENT, usd(2500), Optional.empty())));
        samples.add(sample(
                "REFUND.success.partial",
                PAYMENT,
                "TESTPSP000000R01:REFUND:true",
                "2026-09-01T13:00:00Z",
                1000,
                new Fact.Refund("TESTPSP000000R01", usd(1000), RefundStatus.SUCCEEDED)));
        samples.add(sample(
                "CANCELLATION",
                "TESTPSP000000A03",
                "TESTPSP000000X01:CANCELLATION:true",
                "2026-09-01T12:15:00Z",
                2500,
                new Fact.Attempt("TESTPSP000000A03", AttemptStatus.CANCELED, ""),
                new Fact.Captured("TESTPSP000000A03", usd(0), Optional.empty())));
        samples.add(sample(
                "NOTIFICATION_OF_FRAUD",
                PAYMENT,
                "TESTPSP000000F01:NOTIFICATION_OF_FRAUD:true",
                "2026-09-02T00:00:00Z",
                -1,
                new Fact.FraudFlag("TESTPSP000000F01", true, "6")));
        samples.add(sample(
                "NOTIFICATION_OF_CHARGEBACK",
                PAYMENT,
                DISPUTE + ":NOTIFICATION_OF_CHARGEBACK:true",
                "2026-09-02T12:00:00Z",
                2500,
                new Fact.Dispute(DISPUTE, Optional.of(usd(2500)), DisputeStatus.OPEN, "10.4", true),
                ORDER));
        samples.add(sample(
                "CHARGEBACK_REVERSED",
                PAYMENT,
                DISPUTE + ":CHARGEBACK_REVERSED:true",
                "2026-09-13T12:00:00Z",
                2500,
                new Fact.Dispute(DISPUTE, Optional.of(usd(2500)), DisputeStatus.WON, "10.4"),
                new Fact.DisputeFunds(DISPUTE + ":CHARGEBACK_REVERSED", usd(2500), DisputeMovement.REINSTATED),
                ORDER));
        samples.add(sample(
                "SECOND_CHARGEBACK",
                PAYMENT,
                DISPUTE + ":SECOND_CHARGEBACK:true",
                "2026-10-11T12:00:00Z",
                2500,
                new Fact.Dispute(DISPUTE, Optional.of(usd(2500)), DisputeStatus.LOST, "10.4"),
                new Fact.DisputeFunds(DISPUTE + ":SECOND_CHARGEBACK", usd(2500), DisputeMovement.WITHDRAWN),
                ORDER));
        samples.add(sample(
                "RECURRING_CONTRACT",
                PAYMENT,
                "TESTTOKEN0000001:RECURRING_CONTRACT:true",
                "2026-09-01T12:00:05Z",
                -1,
                ORDER,
                SUBJECT));
        samples.add(batch());
        samples.add(token());
        return samples;
    }

    private static Sample authorization() {
        var psp = "TESTPSP000000A04";
        var yen = new Money(980, "JPY");
        var expected = new Sample.Expected(
                psp,
                "TestMerchantECOM:" + psp + ":AUTHORISATION:true",
                "AUTHORISATION",
                Instant.parse("2026-09-01T12:00:00Z"),
                Optional.of(yen),
                List.of(
                        new Fact.Authorized(psp, yen),
                        new Fact.Captured(psp, yen, Optional.empty()),
                        new Fact.Link(LinkKind.PAID_BY, "adyen/main/reference:sub_u_42_2026-09"),
                        order("sub_u_42_2026-09"),
                        SUBJECT));
        return new Sample(
                "AUTHORISATION.jpy_zero_decimal", delivery("AUTHORISATION.jpy_zero_decimal"), List.of(expected));
    }

    private static Sample batch() {
        var psp = "TESTPSP000000A05";
        var euros = new Money(1130, "EUR");
        var reference = "2026-09-01 12:00:00\\u_42";
        var hash = Bytes.utf8("reference:" + reference).sha256();
        var first = new Sample.Expected(
                psp,
                "TestMerchantECOM:" + psp + ":AUTHORISATION:true",
                "AUTHORISATION",
                Instant.parse("2026-09-01T12:00:00Z"),
                Optional.of(euros),
                List.of(
                        new Fact.Authorized(psp, euros),
                        new Fact.Captured(psp, euros, Optional.empty()),
                        new Fact.Link(LinkKind.PAID_BY, "adyen/main/sha256:" + hash),
                        order(reference),
                        SUBJECT));
        var report = "settlement_report_2026-09-01T00:00:00.csv";
        var second = Sample.Expected.ignored(
                report, "TestMerchantECOM:" + report + ":REPORT_AVAILABLE:true", "REPORT_AVAILABLE");
        return new Sample("batch", delivery("batch.two_items.colon_reference"), List.of(first, second));
    }

    /** Another family: signed as a whole. */
    private Sample token() {
        var body = Bytes.utf8("""
                {"createdAt":"2026-09-01T14:00:00+02:00","eventId":"TESTEVENT0000001","environment":"test",
                 "data":{"merchantAccount":"TestMerchantECOM","storedPaymentMethodId":"TESTTOKEN0000001","type":"visa",
                 "operation":"created","shopperReference":"u_42"},"type":"recurring.token.created"}""");
        return new Sample(
                "recurring.token.created",
                authentic(body, SIGNED_AT),
                List.of(Sample.Expected.ignored("TESTTOKEN0000001", "TESTEVENT0000001", "recurring.token.created")));
    }

    /** @param cents negative: the event tells of no amount */
    private static Sample sample(String file, String paymentId, String event, String at, long cents, Fact... facts) {
        var type = event.split(":", -1)[1];
        var expected = new Sample.Expected(
                paymentId,
                "TestMerchantECOM:" + event,
                type,
                Instant.parse(at),
                cents < 0 ? Optional.empty() : Optional.of(usd(cents)),
                List.of(facts));
        return new Sample(file, delivery(file), List.of(expected));
    }

    private static Delivery delivery(String file) {
        var delivery = TestFiles.delivery(AdyenGateway.NAME, file);
        var headers = new HashMap<>(delivery.headers());
        headers.remove("authorization"); // this account asks for none
        return new Delivery(headers, delivery.body(), RECEIVED_AT);
    }

    private static Fact order(String reference) {
        return new Fact.Reference(ReferenceName.ORDER, reference);
    }

    private static Money usd(long cents) {
        return new Money(cents, "USD");
    }
}
