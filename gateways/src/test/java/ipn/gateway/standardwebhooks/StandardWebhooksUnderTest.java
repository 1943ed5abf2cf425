package ipn.gateway.standardwebhooks;

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
import ipn.fact.Fact.RefundStatus;
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

/** Standard Webhooks in the contract, with a symmetric secret. */
public final class StandardWebhooksUnderTest
        implements GatewayUnderTest.Signing, GatewayUnderTest.InHeader, GatewayUnderTest.Timed {
    static final String SECRET = "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";
    static final String OTHER = "whsec_ZWZnaGlqa2xtbm9wcXJzdHV2d3h5ent8fX5/gIGCg4Q=";
    private static final Map<String, String> SECRETS = Map.of("SENDER", SECRET, "SENDER_OTHER", OTHER);
    private static final String ID = "msg_TEST00000000000000000001";

    @Override
    public String name() {
        return StandardWebhooksGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return open("{mode: test, secrets: 'env:SENDER'}");
    }

    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.empty();
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return open("{mode: test, secrets: 'env:SENDER_OTHER'}");
    }

    @Override
    public GatewayAccount accountWhereOldSecretEnds(Instant until) {
        return open(
                "{mode: test, secrets: ['env:SENDER_OTHER', {secret: 'env:SENDER', until: '%s'}]}".formatted(until));
    }

    static GatewayAccount open(String section) {
        return TestAccounts.open(StandardWebhooksGateway.NAME, section, SECRETS);
    }

    @Override
    public Delivery authentic(Bytes body, Instant now) {
        return signed(ID, body, now, SECRET, "webhook-");
    }

    static Delivery signed(String id, Bytes body, Instant now, String secret, String family) {
        return new Delivery(
                Map.of(
                        family + "id", List.of(id),
                        family + "timestamp", List.of(Long.toString(now.getEpochSecond())),
                        family + "signature", List.of(StandardWebhooksSignature.sign(id, now, body.array(), secret))),
                body,
                RECEIVED_AT);
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of("webhook-id", "webhook-timestamp", "webhook-signature");
    }

    @Override
    public String signatureHeader() {
        return "webhook-signature";
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
        samples.add(sample(
                "payment.succeeded",
                1,
                "pay_TEST0001",
                "2026-09-01T12:00:00.120Z",
                2500,
                List.of(
                        new Fact.Captured("pay_TEST0001", usd(2500), Optional.empty()),
                        new Fact.Reference(ORDER, "ord_88213"),
                        new Fact.Reference(SUBJECT, "u_42"))));
        samples.add(sample(
                "payment.failed",
                2,
                "pay_TEST0002",
                "2026-09-01T12:00:30.120Z",
                2500,
                List.of(
                        new Fact.Attempt("pay_TEST0002", AttemptStatus.FAILED, "insufficient_funds"),
                        new Fact.Reference(ORDER, "ord_88214"),
                        new Fact.Reference(SUBJECT, "u_42"))));
        samples.add(sample(
                "refund.succeeded",
                3,
                "pay_TEST0001",
                "2026-09-01T13:00:00.120Z",
                1000,
                List.of(new Fact.Refund("ref_TEST0001", usd(1000), RefundStatus.SUCCEEDED))));
        samples.add(sample(
                "dispute.opened",
                4,
                "pay_TEST0001",
                "2026-09-02T12:00:00.120Z",
                2500,
                List.of(new Fact.Dispute("dsp_TEST0001", Optional.of(usd(2500)), DisputeStatus.OPEN, "fraudulent"))));
        return samples;
    }

    private static Sample sample(String file, int event, String paymentId, String at, long amount, List<Fact> facts) {
        var eventId = "msg_TEST0000000000000000000" + Integer.toString(event);
        var expected =
                new Sample.Expected(paymentId, eventId, file, Instant.parse(at), Optional.of(usd(amount)), facts);
        return new Sample(file, TestFiles.delivery("standard-webhooks", file), List.of(expected));
    }

    private static Money usd(long minorUnits) {
        return new Money(minorUnits, "USD");
    }
}
