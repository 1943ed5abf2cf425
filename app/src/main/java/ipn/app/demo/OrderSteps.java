package ipn.app.demo;

import ipn.app.stack.Waiting;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.EntitlementEventType;
import ipn.avro.Order;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.operations.order.OrderWriter;
import ipn.operations.query.DiscrepancyQuery;
import ipn.operations.topic.Progress;
import ipn.simulator.RandomTokens;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Cy pays an order: first too little, then the right amount. */
final class OrderSteps {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Money PRICE = new Money(2500, "USD");
    private static final Money DOLLAR = new Money(100, "USD");

    private final DemoClient client;
    private final DemoOutput output;
    private final String cy = "cy-" + RandomTokens.fresh();
    private final String order = "order-" + RandomTokens.fresh();

    /** The order id only: subject and product come from the order, so the payer cannot change them. */
    private final Map<ReferenceName, String> references = Map.of(ReferenceName.ORDER, order);

    OrderSteps(DemoClient client, DemoOutput output) {
        this.client = client;
        this.output = output;
    }

    void run() {
        underpaid();
        paid();
    }

    private void underpaid() {
        output.heading("Cy's order expects 25.00 USD, but Stripe reports a genuine payment of 1.00 USD for it");
        var kafka = client.stack().config().kafka();
        new OrderWriter(kafka, kafka.serdes())
                .write(Order.newBuilder()
                        .setOrderId(order)
                        .setSubject(cy)
                        .setProduct("promoted-post")
                        .setReference("post-" + RandomTokens.fresh())
                        .setAmount(PRICE.minorUnits())
                        .setCurrency(PRICE.currency())
                        .setCreatedAt(client.now())
                        .setLive(false)
                        .build());
        var dollar = client.deliver(
                DemoClient.STRIPE, "payment_intent.succeeded", client.sample(DemoClient.STRIPE, references, DOLLAR));
        var open = awaitDiscrepancy(DiscrepancyKind.UNDERPAID).get(0);
        output.line(
                dollar,
                "%s: received %s, expected %s; no entitlement is granted"
                        .formatted(open.getKind(), open.getActual(), open.getExpected()));
        output.expect(
                "entitlement events of Cy", client.watch().entitlements(cy).size(), 0);
    }

    private void paid() {
        output.heading(
                "Cy pays the full amount through another gateway: the promotion is granted, and the 1.00 USD payment becomes a duplicate payment of the order");
        var paid = client.deliver(
                DemoClient.STANDARD, "payment.succeeded", client.sample(DemoClient.STANDARD, references, PRICE));
        var granted = client.watch().entitlementBy(cy, paid.item().eventKey());
        output.line(paid, PromotionSteps.shown(granted));
        output.expect("the entitlement event of Cy", granted.getType(), EntitlementEventType.GRANTED);
        var open = awaitDiscrepancy(DiscrepancyKind.DUPLICATE_PAYMENT);
        output.note("open discrepancy: " + open.get(0).getKind() + " of payment "
                + open.get(0).getPaymentKey());
        output.expect("open discrepancies", open.size(), 1);
    }

    /** Waits for a discrepancy of this kind; returns all that are open for Cy, this kind first. */
    private List<Discrepancy> awaitDiscrepancy(DiscrepancyKind kind) {
        var kafka = client.stack().config().kafka();
        var query = new DiscrepancyQuery(kafka, kafka.serdes());
        Waiting.until(
                "the discrepancy " + kind,
                TIMEOUT,
                () -> query.findBySubject(cy, Progress.SILENT).stream().anyMatch(each -> each.getKind() == kind));
        return query.findBySubject(cy, Progress.SILENT).stream()
                .sorted(Comparator.comparing(each -> each.getKind() != kind))
                .toList();
    }
}
