package ipn.gateway.stripe;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import ipn.conformance.TestFiles;
import ipn.fact.Fact;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.NotificationTime;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Thin events, and the objects they are about, in short. */
final class ThinEvents {
    static final String TYPE = "v1.payment_intent.succeeded";
    static final String INTENT_PATH = "/v1/payment_intents/pi_TESTads00000000000001";

    /** What Stripe's API answers: the object of the snapshot event. */
    static final String INTENT = TestFiles.json("samples/stripe/payment_intent.succeeded.json")
            .path("data")
            .path("object")
            .toString();

    private ThinEvents() {}

    static String about(String path) {
        return """
                {'id': 'evt_test_thin1', 'object': 'v2.core.event', 'type': '%s', 'livemode': false, 'context': null,
                 'created': '2026-09-01T12:00:00.734Z', 'related_object': {'id': 'x', 'type': 'x', 'url': '%s'}}""".formatted(TYPE, path).replace('\'', '"');
    }

    static Delivery sent(String body) {
        return new StripeUnderTest().authentic(Bytes.utf8(body), GatewayUnderTest.SIGNED_AT);
    }

    /** An object in short, with single quotes. */
    static Delivery seen(String path, String object) {
        var told = new Delivery(Map.of(), Bytes.utf8(""), GatewayUnderTest.RECEIVED_AT);
        var body = Bytes.utf8(object.startsWith("{\"") ? object : object.replace('\'', '"'));
        return NotificationTime.document(
                "https://api.stripe.com" + path, "application/json", body, told, GatewayUnderTest.SIGNED_AT);
    }

    /** A thin event, and what was seen because of one: the same facts as those of the snapshot event. */
    static List<Sample> samples(Fact captured, List<Fact> buyer) {
        var intent = seen(INTENT_PATH, INTENT);
        var event = Bytes.utf8("https://api.stripe.com" + INTENT_PATH + "\n" + Instant.ofEpochSecond(1_788_264_000)
                + "\n" + intent.body().sha256());
        var facts = new ArrayList<>(buyer);
        facts.add(captured);
        return List.of(
                new Sample(
                        "thin event",
                        sent(about(INTENT_PATH)),
                        List.of(Sample.Expected.ignored("evt_test_thin1", "evt_test_thin1", TYPE))),
                new Sample(
                        "fetched payment intent",
                        intent,
                        List.of(new Sample.Expected(
                                "pi_TESTads00000000000001",
                                "seen:" + event.sha256(),
                                "fetched.payment_intent",
                                GatewayUnderTest.SIGNED_AT,
                                Optional.of(new Money(2500, "USD")),
                                facts))));
    }
}
