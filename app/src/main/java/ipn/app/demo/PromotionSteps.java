package ipn.app.demo;

import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.simulator.RandomTokens;
import ipn.simulator.Sample;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Bo pays for a promoted post: refund before capture, stale failure, dispute. */
final class PromotionSteps {
    private static final Money PRICE = new Money(2500, "USD");
    private static final Duration EARLIER = Duration.ofMinutes(10);

    private final DemoClient client;
    private final DemoOutput output;
    private final String bo = "bo-" + RandomTokens.fresh();
    private final Map<ReferenceName, String> references = Map.of(
            ReferenceName.SUBJECT,
            bo,
            ReferenceName.PRODUCT,
            "promoted-post",
            ReferenceName.REFERENCE,
            "post-" + RandomTokens.fresh());

    PromotionSteps(DemoClient client, DemoOutput output) {
        this.client = client;
        this.output = output;
    }

    void run() {
        refundFirst();
        var sale = promoted();
        staleFailure(sale);
        disputed(sale);
        lostInPart();
    }

    private void lostInPart() {
        output.heading(
                "Bo promotes another post, and the bank takes back 10.00 of the 25.00 USD: 15.00 remain paid, which is enough, so the promotion stays; a refund of the rest ends it");
        var other = new EnumMap<>(references);
        other.put(ReferenceName.REFERENCE, "post-" + RandomTokens.fresh());
        var sale = client.sample(DemoClient.STRIPE, other, PRICE);
        var paid = client.deliver(DemoClient.STRIPE, "payment_intent.succeeded", sale);
        var granted = client.watch().entitlementBy(bo, paid.item().eventKey());
        output.line(paid, shown(granted));
        output.expect("the entitlement event of Bo", granted.getType(), EntitlementEventType.GRANTED);
        var lost = client.deliver(
                DemoClient.STRIPE, "charge.dispute.closed.part", client.next(DemoClient.STRIPE, sale, client.now()));
        output.line(lost, "a dispute about 10.00 USD is lost: no change of the promotion");
        var rest = client.deliver(
                DemoClient.STRIPE, "refund.created.part", client.next(DemoClient.STRIPE, sale, client.now()));
        var ended = client.watch().entitlementBy(bo, rest.item().eventKey());
        output.line(rest, "15.00 USD are refunded; " + shown(ended));
        output.expect("the entitlement event of Bo", ended.getType(), EntitlementEventType.REVOKED);
        // an effect of the lost dispute would have made the revision higher
        output.expect("the revision", ended.getRevision(), granted.getRevision() + 1);
    }

    private void refundFirst() {
        output.heading(
                "Bo pays for a promoted post and gets a refund, but the refund arrives before the capture: this payment never grants the promotion");
        var sale = client.sample(DemoClient.STRIPE, references, PRICE);
        var refund =
                client.deliver(DemoClient.STRIPE, "refund.created", client.next(DemoClient.STRIPE, sale, client.now()));
        output.line(
                refund,
                "a refund of a payment that is not known yet: stored, payment status " + refund.paymentStatus());
        var capture = client.deliver(DemoClient.STRIPE, "payment_intent.succeeded", sale);
        var event = client.watch().entitlementBy(bo, capture.item().eventKey());
        output.line(
                capture,
                "payment status %s; %s"
                        .formatted(capture.paymentStatus(), shown(event, " without having been granted")));
        output.expect("the payment", capture.paymentStatus(), "REFUNDED");
        output.expect("the status of the promotion", event.getStatus(), EntitlementStatus.ENDED);
        output.expect("the revision", event.getRevision(), 1L);
    }

    private Sample promoted() {
        output.heading("Bo pays again through another gateway: the promotion is granted");
        var sale = client.sample(DemoClient.STANDARD, references, PRICE);
        var paid = client.deliver(DemoClient.STANDARD, "payment.succeeded", sale);
        var granted = client.watch().entitlementBy(bo, paid.item().eventKey());
        output.line(paid, shown(granted));
        output.expect("the entitlement event of Bo", granted.getType(), EntitlementEventType.GRANTED);
        // a grant in between would have made the revision higher
        output.expect("the revision", granted.getRevision(), 2L);
        return sale;
    }

    private void staleFailure(Sample sale) {
        output.heading("An older 'failed' event of that payment arrives late: the capture takes precedence");
        var stale = client.next(DemoClient.STANDARD, sale, sale.at().minus(EARLIER));
        var failed = client.deliver(DemoClient.STANDARD, "payment.failed", stale);
        output.line(
                failed,
                "the event is stored; payment status stays " + failed.paymentStatus()
                        + "; the promotion stays granted");
        output.expect("the payment", failed.paymentStatus(), "COMPLETED");
    }

    private void disputed(Sample sale) {
        output.heading(
                "A dispute suspends the promotion but does not revoke it; the dispute is won, and the promotion is resumed");
        sendDispute(sale, "dispute.opened", EntitlementEventType.SUSPENDED, 3L);
        sendDispute(sale, "dispute.won", EntitlementEventType.RESUMED, 4L);
    }

    /** The revision shows that no event came in between, not even from the stale failure. */
    private void sendDispute(Sample sale, String event, EntitlementEventType change, long revision) {
        var sent = client.deliver(DemoClient.STANDARD, event, client.next(DemoClient.STANDARD, sale, client.now()));
        var changed = client.watch().entitlementBy(bo, sent.item().eventKey());
        output.line(sent, shown(changed));
        output.expect("the entitlement event of Bo", changed.getType(), change);
        output.expect("the revision", changed.getRevision(), revision);
    }

    static String shown(EntitlementEvent event) {
        return shown(event, "");
    }

    private static String shown(EntitlementEvent event, String remark) {
        return "promotion of %s %s%s (revision %d)"
                .formatted(event.getScope(), event.getType(), remark, event.getRevision());
    }
}
