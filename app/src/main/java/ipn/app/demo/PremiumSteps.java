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
        renewed(bought);
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

    private void renewed(Sample bought) {
        output.heading(
                "Two renewals extend premium; Stripe delivers the first one twice, and the second delivery has no effect");
        var first = renewal(bought);
        var sent = extended(first);
        var again = client.deliver(DemoClient.STRIPE, "invoice.paid", first);
        output.line(again, "a second delivery of the same event: no effect");
        output.expect("the redelivery", again.outcome().getKind(), OutcomeKind.DUPLICATE);
        output.expect("the event key", again.item().eventKey(), sent.item().eventKey());
        extended(renewal(first));
        // the second renewal was sent after the redelivery, so an effect of the redelivery would be visible now
        output.expect(
                "entitlement events of Ada", client.watch().entitlements(ada).size(), 3);
    }

    private Delivered extended(Sample renewal) {
        var paid = client.deliver(DemoClient.STRIPE, "invoice.paid", renewal);
        var extended = client.watch().entitlementBy(ada, paid.item().eventKey());
        output.line(paid, shown(extended));
        output.expect("the entitlement event of Ada", extended.getType(), EntitlementEventType.EXTENDED);
        return paid;
    }

    /** The next invoice of the same subscription. */
    private Sample renewal(Sample before) {
        var fresh = client.sample(DemoClient.STRIPE, before.references(), before.amount());
        var ids = fresh.ids().withSubscription(Optional.of(before.ids().subscription()));
        return new Sample(
                ids,
                before.references(),
                before.amount(),
                client.now(),
                before.period().next());
    }

    private static String shown(EntitlementEvent event) {
        var until = event.getUntil() == null ? "" : " until " + LocalDate.ofInstant(event.getUntil(), ZoneOffset.UTC);
        return "premium %s%s (revision %d)".formatted(event.getType(), until, event.getRevision());
    }
}
