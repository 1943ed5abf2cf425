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
final class PremiumSteps {
    private static final String PREMIUM = "premium";
    private static final String PLUS = "premium-plus";

    private final DemoClient client;
    private final DemoOutput output;
    private final String ada = "ada-" + RandomTokens.fresh();

    PremiumSteps(DemoClient client, DemoOutput output) {
        this.client = client;
        this.output = output;
    }

    /** A subject that has premium after the run. */
    String subject() {
        return ada;
    }

    void run() {
        var bought = bought();
        discounted(upgraded(renewed(bought)));
    }

    private Sample bought() {
        output.heading("Ada subscribes to premium for 8.00 USD a month: the paid invoice grants access");
        var references = Map.of(ReferenceName.SUBJECT, ada, ReferenceName.PRODUCT, "premium");
        var sale = client.sample(DemoClient.STRIPE, references, new Money(800, "USD"));
        var invoice = client.deliver(DemoClient.STRIPE, "invoice.paid", sale);
        var granted = client.watch().entitlementBy(ada, invoice.item().eventKey());
        output.line(invoice, shown(granted));
        output.expect("the entitlement event of Ada", granted.getType(), EntitlementEventType.GRANTED);

        var link = client.deliver(
                DemoClient.STRIPE, "invoice_payment.paid", client.next(DemoClient.STRIPE, sale, client.now()));
        output.line(link, "links the payment to the invoice, so a later refund of the payment will end premium");
        var cash = client.deliver(
                DemoClient.STRIPE, "payment_intent.succeeded", client.next(DemoClient.STRIPE, sale, client.now()));
        output.line(cash, "the payment is captured: its status is " + cash.paymentStatus());
        output.expect("the payment", cash.paymentStatus(), "COMPLETED");
        return sale;
    }

    private Sample renewed(Sample bought) {
        output.heading(
                "Two renewals extend premium; Stripe delivers the first one twice, and the second delivery has no effect");
        var first = renewal(bought);
        var sent = extended(first);
        var again = client.deliver(DemoClient.STRIPE, "invoice.paid", first);
        output.line(again, "a second delivery of the same event: no effect");
        output.expect("the redelivery", again.outcome().getKind(), OutcomeKind.DUPLICATE);
        output.expect("the event key", again.item().eventKey(), sent.item().eventKey());
        var second = renewal(first);
        extended(second);
        // the second renewal was sent after the redelivery, so an effect of the redelivery would be visible now
        output.expect(
                "entitlement events of Ada", client.watch().entitlements(ada).size(), 3);
        return second;
    }

    /** The invoice credits half a month of premium (-4.00 USD) and charges half a month of premium-plus (8.00 USD). */
    private Sample upgraded(Sample current) {
        output.heading(
                "In the middle of that month Ada upgrades to premium-plus for 16.00 USD a month: an invoice of 4.00 USD, which is 8.00 for the rest of the month less 4.00 for premium that she no longer uses");
        var upgrade = invoice(current, current.amount(), current.period());
        var paid = client.deliver(DemoClient.STRIPE, "invoice.paid.upgrade", upgrade);
        var granted = client.watch().entitlementBy(ada, PLUS, paid.item().eventKey());
        output.line(paid, shown(granted));
        output.expect("premium-plus", granted.getType(), EntitlementEventType.GRANTED);
        output.expect(
                "the end of premium-plus", granted.getUntil(), current.period().until());
        var reduced = client.watch().entitlementBy(ada, PREMIUM, paid.item().eventKey());
        output.note("the same notification: " + shown(reduced));
        output.expect("premium", reduced.getUntil().isBefore(current.period().until()), true);
        return upgrade;
    }

    private void discounted(Sample upgraded) {
        output.heading(
                "The next invoice of premium-plus has a coupon of 25 percent: 12.00 of 16.00 USD are paid, and the whole month is granted");
        var references = Map.of(ReferenceName.SUBJECT, ada, ReferenceName.PRODUCT, PLUS);
        var renewal = invoice(
                new Sample(upgraded.ids(), references, upgraded.amount(), upgraded.at(), upgraded.period()),
                new Money(1600, "USD"),
                upgraded.period().next());
        var paid = client.deliver(DemoClient.STRIPE, "invoice.paid.discounted", renewal);
        var extended = client.watch().entitlementBy(ada, PLUS, paid.item().eventKey());
        output.line(paid, shown(extended));
        output.expect("premium-plus", extended.getType(), EntitlementEventType.EXTENDED);
    }

    private Delivered extended(Sample renewal) {
        var paid = client.deliver(DemoClient.STRIPE, "invoice.paid", renewal);
        var extended = client.watch().entitlementBy(ada, paid.item().eventKey());
        output.line(paid, shown(extended));
        output.expect("the entitlement event of Ada", extended.getType(), EntitlementEventType.EXTENDED);
        return paid;
    }

    /** The invoice for the next period of the same subscription. */
    private Sample renewal(Sample before) {
        return invoice(before, before.amount(), before.period().next());
    }

    /** Another invoice of the same subscription. */
    private Sample invoice(Sample before, Money amount, Sample.Period period) {
        var fresh = client.sample(DemoClient.STRIPE, before.references(), amount);
        var ids = fresh.ids().withSubscription(Optional.of(before.ids().subscription()));
        return new Sample(ids, before.references(), amount, client.now(), period);
    }

    private static String shown(EntitlementEvent event) {
        var until = event.getUntil() == null ? "" : " until " + LocalDate.ofInstant(event.getUntil(), ZoneOffset.UTC);
        return "%s %s%s (revision %d)".formatted(event.getEntitlement(), event.getType(), until, event.getRevision());
    }
}
