package ipn.app.demo;

import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.EntitlementStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.simulator.RandomTokens;
import ipn.simulator.Sample;
import java.time.Duration;
import java.util.Map;

/** Bo pays for a promoted post. */
final class PromotionChapters {
    private static final Money PRICE = new Money(2500, "USD");
    private static final Duration EARLIER = Duration.ofMinutes(10);

    private final Scene scene;
    private final Teller teller;
    private final String bo = "bo-" + RandomTokens.fresh();
    private final Map<ReferenceName, String> words = Map.of(
            ReferenceName.SUBJECT,
            bo,
            ReferenceName.PRODUCT,
            "promoted-post",
            ReferenceName.REFERENCE,
            "post-" + RandomTokens.fresh());

    PromotionChapters(Scene scene, Teller teller) {
        this.scene = scene;
        this.teller = teller;
    }

    void tell() {
        refundFirst();
        var sale = promoted();
        staleFailure(sale);
        disputed(sale);
    }

    private void refundFirst() {
        teller.chapter("Bo pays for a promoted post and takes the money back; the refund arrives before its capture");
        var sale = scene.sample(Scene.STRIPE, words, PRICE);
        var refund = scene.deliver(Scene.STRIPE, "refund.created", scene.next(Scene.STRIPE, sale, scene.now()));
        teller.line(refund, "a refund of a payment that is unknown so far: kept, payment " + refund.paymentStatus());
        var capture = scene.deliver(Scene.STRIPE, "payment_intent.succeeded", sale);
        var told = scene.watch().entitlementBy(bo, capture.item().eventKey());
        teller.line(capture, "payment %s at once; %s".formatted(capture.paymentStatus(), shown(told)));
        teller.expect("the payment", capture.paymentStatus(), "REFUNDED");
        teller.expect("what Bo got", told.getStatus(), EntitlementStatus.ENDED);
        teller.expect("the first event for Bo", told.getRevision(), 1L);
    }

    private Sample promoted() {
        teller.chapter("Bo pays again, through another gateway: the post is promoted");
        var sale = scene.sample(Scene.STANDARD, words, PRICE);
        var paid = scene.deliver(Scene.STANDARD, "payment.succeeded", sale);
        var granted = scene.watch().entitlementBy(bo, paid.item().eventKey());
        teller.line(paid, shown(granted));
        teller.expect("what Bo got", granted.getType(), EntitlementEventType.GRANTED);
        // nothing was granted in between, or the revision would be higher
        teller.expect("its revision", granted.getRevision(), 2L);
        return sale;
    }

    private void staleFailure(Sample sale) {
        teller.chapter("A stale 'failed' of that payment arrives late: money received outranks it");
        var stale = scene.next(Scene.STANDARD, sale, sale.at().minus(EARLIER));
        var failed = scene.deliver(Scene.STANDARD, "payment.failed", stale);
        teller.line(failed, "payment stays " + failed.paymentStatus() + ", the post stays promoted");
        teller.expect("the payment", failed.paymentStatus(), "COMPLETED");
    }

    private void disputed(Sample sale) {
        teller.chapter("The bank disputes it: suspended, not revoked; Bo wins: back again");
        suspendedThenBack(sale, "dispute.opened", EntitlementEventType.SUSPENDED, 3L);
        suspendedThenBack(sale, "dispute.won", EntitlementEventType.RESUMED, 4L);
    }

    /** The revision tells that nothing came between: not from the stale failure either. */
    private void suspendedThenBack(Sample sale, String event, EntitlementEventType change, long revision) {
        var told = scene.deliver(Scene.STANDARD, event, scene.next(Scene.STANDARD, sale, scene.now()));
        var changed = scene.watch().entitlementBy(bo, told.item().eventKey());
        teller.line(told, shown(changed));
        teller.expect("the change", changed.getType(), change);
        teller.expect("its revision", changed.getRevision(), revision);
    }

    static String shown(EntitlementEvent event) {
        return "promotion of %s %s (revision %d)".formatted(event.getScope(), event.getType(), event.getRevision());
    }
}
