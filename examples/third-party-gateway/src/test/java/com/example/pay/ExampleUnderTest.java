package com.example.pay;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import ipn.conformance.SenselessJson;
import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Example Pay in the contract. */
public final class ExampleUnderTest implements GatewayUnderTest.Signing, GatewayUnderTest.InHeader {
    private static final String SECRET = "test:example-pay-secret-1";
    private static final Map<String, String> SECRETS =
            Map.of("EXAMPLE", SECRET, "EXAMPLE_OTHER", "test:example-pay-secret-2");
    private static final Instant AT = Instant.ofEpochSecond(1_788_264_000);
    private static final Fact BUYER = new Fact.Reference(ReferenceName.SUBJECT, "u_42");

    @Override
    public String name() {
        return ExampleGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return open("{mode: test, secrets: 'env:EXAMPLE'}");
    }

    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.of(open("{mode: live, secrets: 'env:EXAMPLE'}"));
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return open("{mode: test, secrets: 'env:EXAMPLE_OTHER'}");
    }

    @Override
    public GatewayAccount accountWhereOldSecretEnds(Instant until) {
        return open(
                "{mode: test, secrets: ['env:EXAMPLE_OTHER', {secret: 'env:EXAMPLE', until: '%s'}]}".formatted(until));
    }

    private static GatewayAccount open(String section) {
        return TestAccounts.open(ExampleGateway.NAME, section, SECRETS);
    }

    @Override
    public Delivery authentic(Bytes content, Instant now) {
        return new Delivery(
                Map.of(ExampleSignature.HEADER, List.of(ExampleSignature.sign(content, SECRET))), content, RECEIVED_AT);
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of(ExampleSignature.HEADER);
    }

    @Override
    public String signatureHeader() {
        return ExampleSignature.HEADER;
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
        return List.of(
                sample("payment.captured", 1, AT, 2500, new Fact.Captured("p_1", eur(2500), Optional.empty())),
                sample("refund.updated.pending", 2, AT.plusSeconds(60), 1000, refund(RefundStatus.PENDING)),
                sample("refund.updated.done", 3, AT.plusSeconds(60), 1000, refund(RefundStatus.SUCCEEDED)),
                new Sample(
                        "payout.sent",
                        TestFiles.delivery(ExampleGateway.NAME, "payout.sent"),
                        List.of(Sample.Expected.ignored("ev_4", "ev_4", "payout.sent"))));
    }

    private static Sample sample(String file, int event, Instant at, long amount, Fact fact) {
        var type = file.startsWith("refund") ? "refund.updated" : file;
        var eventId = "ev_" + Integer.toString(event);
        return new Sample(
                file,
                TestFiles.delivery(ExampleGateway.NAME, file),
                List.of(new Sample.Expected("p_1", eventId, type, at, Optional.of(eur(amount)), List.of(BUYER, fact))));
    }

    private static Fact refund(RefundStatus status) {
        return new Fact.Refund("r_1", eur(1000), status);
    }

    private static Money eur(long minorUnits) {
        return new Money(minorUnits, "EUR");
    }
}
