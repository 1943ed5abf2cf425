package ipn.bench.growth;

import static ipn.fact.Fact.ReferenceName.PRODUCT;
import static ipn.fact.Fact.ReferenceName.REFERENCE;
import static ipn.fact.Fact.ReferenceName.SUBJECT;

import ipn.bench.load.IngressCall;
import ipn.fact.Money;
import ipn.gateway.content.Bytes;
import ipn.simulator.Sample;
import ipn.simulator.Sender;
import ipn.simulator.Simulator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Payments with many deliveries: one about the purchase, and each further one about another refund of one cent, so that each changes the payment.
 *
 * @param tag part of each id, which nothing else has
 * @param start the time of the purchases
 */
record LongHistory(String tag, Sender sender, Instant start) {
    private static final Money PRICE = new Money(2500, "USD");
    private static final Money CENT = new Money(1, "USD");

    /**
     * One delivery.
     *
     * @param payment number of the payment
     * @param delivery from 0, the purchase
     */
    IngressCall call(int payment, int delivery) {
        var gateway = Simulator.find("stripe").orElseThrow();
        var token = tag + "h" + payment;
        var ids = gateway.ids(token);
        var event = ids.event() + "d" + delivery;
        var sample = new Sample(
                ids.withEvent(Optional.of(event)),
                Map.of(SUBJECT, "u_" + token, PRODUCT, "promoted-post", REFERENCE, "post"),
                delivery == 0 ? PRICE : CENT,
                start.plusSeconds(delivery));
        var draft = gateway.draft(delivery == 0 ? "payment_intent.succeeded" : "refund.created", sample, sender);
        var body = new String(draft.body().array(), StandardCharsets.UTF_8)
                .replace("\"re_" + token + "\"", "\"re_" + token + "d" + delivery + "\"");
        var outgoing = gateway.sign(draft.withBody(Bytes.utf8(body)), sender, Instant.now());
        return new IngressCall("stripe", "stripe/main/" + event, IngressCall.Kind.GENUINE, outgoing);
    }
}
