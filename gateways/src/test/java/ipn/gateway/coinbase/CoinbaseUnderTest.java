package ipn.gateway.coinbase;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import ipn.conformance.SenselessJson;
import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Coinbase in the contract: Commerce's scheme in front, the successors' among the samples. */
public final class CoinbaseUnderTest implements GatewayUnderTest.Signing, GatewayUnderTest.InHeader {
    static final String COMMERCE = "cc-test-shared-secret-0001";
    static final String HOOK0 = "hook0-test-secret-0001";
    private static final Map<String, String> SECRETS = Map.of(
            "CC",
            COMMERCE,
            "CC_OTHER",
            "cc-test-shared-secret-0002",
            "CDP",
            HOOK0,
            "CDP_OTHER",
            "hook0-test-secret-0002");
    /** The headers that the successors sign, with values as they send them. */
    static final SortedMap<String, String> SIGNED = new TreeMap<>(Map.of(
            "content-type", "application/json",
            "x-event-id", "1a01cb48-0000-4000-8000-000000000001",
            "x-event-type", "payment_link.payment.success"));

    private static final Fact ORDER = new Fact.Reference(ReferenceName.ORDER, "ord_88213");
    private static final Fact SUBJECT = new Fact.Reference(ReferenceName.SUBJECT, "u_42");

    @Override
    public String name() {
        return CoinbaseGateway.NAME;
    }

    @Override
    public GatewayAccount account() {
        return open("{mode: test, secrets: 'env:CC', cdp-secrets: 'env:CDP'}");
    }

    /** Coinbase has no test money and tells no mode. */
    @Override
    public Optional<GatewayAccount> liveAccount() {
        return Optional.empty();
    }

    @Override
    public GatewayAccount otherMerchantsAccount() {
        return open("{mode: test, secrets: 'env:CC_OTHER', cdp-secrets: 'env:CDP_OTHER'}");
    }

    @Override
    public GatewayAccount accountWhereOldSecretEnds(Instant until) {
        return open("{mode: test, secrets: ['env:CC_OTHER', {secret: 'env:CC', until: '%s'}]}".formatted(until));
    }

    /** A delivery of the successors with the usual headers. */
    static Delivery hook0(Bytes body, String signature, Instant receivedAt) {
        var headers = new HashMap<String, List<String>>();
        SIGNED.forEach((name, value) -> headers.put(name, List.of(value)));
        headers.put("x-hook0-signature", List.of(signature));
        return new Delivery(headers, body, receivedAt);
    }

    static GatewayAccount open(String section) {
        return TestAccounts.open(CoinbaseGateway.NAME, section, SECRETS);
    }

    @Override
    public Delivery authentic(Bytes body, Instant now) {
        var signature = CoinbaseSignature.signCommerce(body.array(), COMMERCE);
        return new Delivery(Map.of("x-cc-webhook-signature", List.of(signature)), body, RECEIVED_AT);
    }

    @Override
    public Set<String> proofHeaders() {
        return Set.of("x-cc-webhook-signature");
    }

    @Override
    public String signatureHeader() {
        return "x-cc-webhook-signature";
    }

    @Override
    public List<SenselessBody> senselessBodies() {
        var paid = CoinbaseSays.event("charge:confirmed", CoinbaseSays.charge("25.00"));
        return Stream.concat(
                        SenselessJson.all().stream(),
                        Stream.of(
                                senseless("neither form", "{'id': '1'}", Reason.MISSING_FIELD),
                                senseless("no type", "{'event': {'id': '1'}}", Reason.MISSING_FIELD),
                                senseless("a number", paid.replace("'25.00'", "25.00"), Reason.INVALID_AMOUNT),
                                senseless("bitcoin", paid.replace("'USD'", "'BTC'"), Reason.UNKNOWN_CURRENCY)))
                .toList();
    }

    private static SenselessBody senseless(String name, String body, Reason reason) {
        return new SenselessBody(name, Bytes.utf8(body.replace('\'', '"')), reason);
    }

    @Override
    public List<String> secrets() {
        return List.of(COMMERCE, HOOK0);
    }

    @Override
    public List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        for (var vector : TestFiles.vectors("coinbase")) {
            var delivery = new Delivery(
                    TestFiles.headers(vector.path("headers")),
                    Bytes.utf8(vector.path("body").asText()),
                    RECEIVED_AT);
            samples.add(new Sample("vector " + vector.path("id").asText(), delivery, List.of()));
        }
        samples.add(sample(
                "charge.pending",
                1,
                "2026-09-01T11:58:20Z",
                2500,
                List.of(new Fact.Attempt("TESTCODE", AttemptStatus.PENDING, ""), ORDER, SUBJECT)));
        samples.add(sample(
                "charge.confirmed",
                2,
                "2026-09-01T12:00:00Z",
                2500,
                List.of(new Fact.Captured("TESTCODE", usd(2500), Optional.empty()), ORDER, SUBJECT)));
        samples.add(sample(
                "charge.delayed.underpaid",
                4,
                "2026-09-03T11:51:40Z",
                1000,
                List.of(
                        new Fact.Captured("TESTCODE", usd(1000), Optional.empty()),
                        new Fact.FraudFlag("TESTCODE", true, "underpaid"),
                        ORDER,
                        SUBJECT)));
        samples.add(paymentLink());
        return samples;
    }

    /** Made after the examples of Coinbase's documentation; signed by us. */
    private static Sample paymentLink() {
        var body = TestFiles.bytes("samples/coinbase/payment_link.payment.success.json");
        var delivery = hook0(body, CoinbaseSignature.signHook0(body.array(), HOOK0, SIGNED_AT, SIGNED), RECEIVED_AT);
        var id = "68f7a946db0529ea00000001";
        return new Sample(
                "payment_link.payment.success",
                delivery,
                List.of(new Sample.Expected(
                        id,
                        id + ":payment_link.payment.success",
                        "payment_link.payment.success",
                        Instant.parse("2026-09-01T12:00:42Z"),
                        Optional.of(usd(2500)),
                        List.of(new Fact.Captured(id, usd(2500), Optional.of(usd(25))), ORDER, SUBJECT))));
    }

    private static Sample sample(String file, int event, String at, long amount, List<Fact> facts) {
        var type = TestFiles.json("samples/coinbase/" + file + ".json")
                .at("/event/type")
                .asText();
        var expected = new Sample.Expected(
                "TESTCODE",
                "00000000-0000-4000-8000-0000000e000" + Integer.toString(event),
                type,
                Instant.parse(at),
                Optional.of(usd(amount)),
                facts);
        return new Sample(file, TestFiles.delivery("coinbase", file), List.of(expected));
    }

    private static Money usd(long minorUnits) {
        return new Money(minorUnits, "USD");
    }
}
