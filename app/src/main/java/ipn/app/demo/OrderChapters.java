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

/** Cy's checkout says what it expects. */
final class OrderChapters {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Money PRICE = new Money(2500, "USD");
    private static final Money DOLLAR = new Money(100, "USD");

    private final Scene scene;
    private final Teller teller;
    private final String cy = "cy-" + RandomTokens.fresh();
    private final String order = "order-" + RandomTokens.fresh();

    /** All that the payer could change on the way is not asked: the order alone says who gets what. */
    private final Map<ReferenceName, String> words = Map.of(ReferenceName.ORDER, order);

    OrderChapters(Scene scene, Teller teller) {
        this.scene = scene;
        this.teller = teller;
    }

    void tell() {
        dollar();
        paid();
    }

    private void dollar() {
        teller.chapter("Cy's checkout expects 25.00 USD; a genuine payment of one dollar names its order");
        var kafka = scene.stack().config().kafka();
        new OrderWriter(kafka, kafka.serdes())
                .write(Order.newBuilder()
                        .setOrderId(order)
                        .setSubject(cy)
                        .setProduct("promoted-post")
                        .setReference("post-" + RandomTokens.fresh())
                        .setAmount(PRICE.minorUnits())
                        .setCurrency(PRICE.currency())
                        .setCreatedAt(scene.now())
                        .setLive(false)
                        .build());
        var dollar = scene.deliver(Scene.STRIPE, "payment_intent.succeeded", scene.sample(Scene.STRIPE, words, DOLLAR));
        var open = openOnce(DiscrepancyKind.UNDERPAID).get(0);
        teller.line(
                dollar,
                "%s: %s where %s was expected; nothing is granted"
                        .formatted(open.getKind(), open.getActual(), open.getExpected()));
        teller.expect("what Cy got", scene.watch().entitlements(cy).size(), 0);
    }

    private void paid() {
        teller.chapter("The right payment comes through another gateway: granted, and the dollar is to be given back");
        var paid = scene.deliver(Scene.STANDARD, "payment.succeeded", scene.sample(Scene.STANDARD, words, PRICE));
        var granted = scene.watch().entitlementBy(cy, paid.item().eventKey());
        teller.line(paid, PromotionChapters.shown(granted));
        teller.expect("what Cy got", granted.getType(), EntitlementEventType.GRANTED);
        var open = openOnce(DiscrepancyKind.DUPLICATE_PAYMENT);
        teller.act("open: " + open.get(0).getKind() + " " + open.get(0).getPaymentKey());
        teller.expect("what is open", open.size(), 1);
    }

    /** What is open of Cy's money, as soon as this kind is. */
    private List<Discrepancy> openOnce(DiscrepancyKind kind) {
        var kafka = scene.stack().config().kafka();
        var query = new DiscrepancyQuery(kafka, kafka.serdes());
        Waiting.until(
                "the discrepancy " + kind,
                PATIENCE,
                () -> query.findBySubject(cy, Progress.SILENT).stream().anyMatch(each -> each.getKind() == kind));
        return query.findBySubject(cy, Progress.SILENT).stream()
                .sorted(Comparator.comparing(each -> each.getKind() != kind))
                .toList();
    }
}
