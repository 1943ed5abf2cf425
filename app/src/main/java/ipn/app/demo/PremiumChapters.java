package ipn.app.demo;

import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementEventType;
import ipn.avro.OutcomeKind;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.simulator.RandomTokens;
import ipn.simulator.Sample;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Ada subscribes to premium at Stripe. */
final class PremiumChapters {
    private final Scene scene;
    private final Teller teller;
    private final String ada = "ada-" + RandomTokens.fresh();

    PremiumChapters(Scene scene, Teller teller) {
        this.scene = scene;
        this.teller = teller;
    }

    /** A subject with premium, to look at afterwards. */
    String subject() {
        return ada;
    }

    void tell() {
        var bought = bought();
        renewed(bought);
    }

    private Sample bought() {
        teller.chapter("Ada subscribes to premium, 8.00 USD a month: access follows the paid invoice");
        var words = Map.of(ReferenceName.SUBJECT, ada, ReferenceName.PRODUCT, "premium");
        var sale = scene.sample(Scene.STRIPE, words, new Money(800, "USD"));
        var invoice = scene.deliver(Scene.STRIPE, "invoice.paid", sale);
        var granted = scene.watch().entitlementBy(ada, invoice.item().eventKey());
        teller.line(invoice, shown(granted));
        teller.expect("what Ada got", granted.getType(), EntitlementEventType.GRANTED);

        var link = scene.deliver(Scene.STRIPE, "invoice_payment.paid", scene.next(Scene.STRIPE, sale, scene.now()));
        teller.line(link, "this payment pays that invoice: a refund of it ends the period");
        var cash = scene.deliver(Scene.STRIPE, "payment_intent.succeeded", scene.next(Scene.STRIPE, sale, scene.now()));
        teller.line(cash, "the money itself: payment " + cash.paymentStatus());
        teller.expect("the payment", cash.paymentStatus(), "COMPLETED");
        return sale;
    }

    private void renewed(Sample bought) {
        teller.chapter("Renewed twice; Stripe delivers one renewal twice, and the second time changes nothing");
        var first = renewal(bought);
        var sent = extended(first);
        var again = scene.deliver(Scene.STRIPE, "invoice.paid", first);
        teller.line(again, "same event again: nothing new");
        teller.expect("the redelivery", again.outcome().getKind(), OutcomeKind.DUPLICATE);
        teller.expect("its event key", again.item().eventKey(), sent.item().eventKey());
        extended(renewal(first));
        // the second renewal came after the redelivery on the same way, so whatever that did would be seen by now
        teller.expect(
                "changes of Ada's premium", scene.watch().entitlements(ada).size(), 3);
    }

    private Delivered extended(Sample renewal) {
        var paid = scene.deliver(Scene.STRIPE, "invoice.paid", renewal);
        var extended = scene.watch().entitlementBy(ada, paid.item().eventKey());
        teller.line(paid, shown(extended));
        teller.expect("what Ada got", extended.getType(), EntitlementEventType.EXTENDED);
        return paid;
    }

    /** The next invoice of the same subscription. */
    private Sample renewal(Sample before) {
        var fresh = scene.sample(Scene.STRIPE, before.references(), before.amount());
        var ids = fresh.ids().withSubscription(Optional.of(before.ids().subscription()));
        return new Sample(
                ids,
                before.references(),
                before.amount(),
                scene.now(),
                before.period().next());
    }

    private static String shown(EntitlementEvent event) {
        var until = event.getUntil() == null ? "" : " until " + LocalDate.ofInstant(event.getUntil(), ZoneOffset.UTC);
        return "premium %s%s (revision %d)".formatted(event.getType(), until, event.getRevision());
    }
}
