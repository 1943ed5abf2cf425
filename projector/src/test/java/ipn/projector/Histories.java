package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.key;
import static ipn.projector.Payments.paying;
import static ipn.projector.Payments.payment;
import static ipn.projector.Projection.NOON;

import ipn.avro.DisputeStatus;
import ipn.avro.Invoice;
import ipn.avro.InvoiceStatus;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionStatus;
import ipn.avro.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Random histories of a few users at several gateways: orders paid, paid twice, too little, too late, not at all; subscriptions
 * invoiced, refunded, disputed, flagged, cancelled; app stores with all invoices under one key.
 *
 * @param orders as checkouts write them
 * @param payments of each payment key its states, in order
 */
record Histories(List<Order> orders, List<List<PaymentState>> payments) {
    private static final Duration MONTH = Duration.ofDays(30);

    static Histories random(RandomGenerator random) {
        var histories = new Histories(new ArrayList<>(), new ArrayList<>());
        for (var purchase = 0; purchase < 2 + random.nextInt(4); purchase++) {
            var user = "u_" + random.nextInt(2);
            switch (random.nextInt(3)) {
                case 0 -> histories.promotes(user, purchase, random);
                case 1 -> histories.subscribes(user, purchase, random);
                default -> histories.subscribesInStore(user, purchase, random);
            }
        }
        return histories;
    }

    /** A post is promoted: once, with an order or without. */
    private void promotes(String user, int purchase, RandomGenerator random) {
        var order = "o_" + purchase;
        var post = "post_" + random.nextInt(2);
        var ordered = random.nextInt(4) > 0;
        if (ordered) {
            orders.add(order(order, user, "promoted-post", post, 2500, random));
        }
        for (var times = 1 + random.nextInt(3); times > 0; times--) {
            var references = new HashMap<>(Map.of("subject", user, "product", "promoted-post", "reference", post));
            if (random.nextInt(4) > 0) {
                references.put("order", order);
            }
            var amount = List.of(2500L, 2500L, 1000L, 1500L, 2600L).get(random.nextInt(5));
            var states = paid("pi_%d_%d".formatted(purchase, times), amount, references, random);
            if (random.nextInt(5) == 0) {
                // it turns out to be for another order
                var others = new HashMap<>(references);
                others.put("order", "o_" + random.nextInt(4));
                states.get(states.size() - 1).setReferences(others);
            }
            payments.add(built(states));
        }
    }

    /** Premium, by invoices that payments pay. */
    private void subscribes(String user, int purchase, RandomGenerator random) {
        var references = new HashMap<>(Map.of("subject", user, "product", "premium"));
        if (random.nextBoolean()) {
            var order = "o_" + purchase;
            references.put("order", order);
            orders.add(order(order, user, "premium", null, 800, random));
        }
        var subscription = key("sub_" + purchase);
        for (var month = 0; month <= random.nextInt(3); month++) {
            var from = NOON.plus(MONTH.multipliedBy(month));
            var invoice = "in_%d_%d".formatted(purchase, month);
            var invoices = new ArrayList<PaymentState.Builder>();
            if (random.nextInt(3) == 0) {
                invoices.add(invoice(invoice, InvoiceStatus.FAILED, 0, from, from.plus(MONTH)));
            }
            if (random.nextInt(5) > 0) {
                invoices.add(invoice(
                        invoice, InvoiceStatus.PAID, random.nextInt(6) == 0 ? 100 : 800, from, from.plus(MONTH)));
            }
            invoices.forEach(each -> {
                each.setInvoices(List.of(Invoice.newBuilder(each.getInvoices().get(0))
                        .setSubscription(subscription)
                        .build()));
                each.setReferences(references);
            });
            payments.add(built(invoices));
            var payers = paid(
                    "pi_%d_%d".formatted(purchase, month), 800, random.nextBoolean() ? references : Map.of(), random);
            var late = random.nextInt(payers.size());
            for (var i = 0; i < payers.size(); i++) {
                if (i >= late) {
                    paying(payers.get(i), invoice);
                }
            }
            payments.add(built(payers));
        }
        payments.add(built(subscription("sub_" + purchase, references, random)));
    }

    /** Premium from an app store: every invoice under one key, and no order. */
    private void subscribesInStore(String user, int purchase, RandomGenerator random) {
        var states = new ArrayList<PaymentState.Builder>();
        var invoices = new ArrayList<Invoice>();
        for (var month = 0; month <= random.nextInt(3); month++) {
            var from = NOON.plus(MONTH.multipliedBy(month));
            var refunded = random.nextInt(4) == 0;
            invoices.add(Payments.renewal("t_" + month, from, from.plus(MONTH))
                    .setSubscription(key("store_" + purchase))
                    .setRefunded(refunded ? 800 : 0)
                    .setRefundedAt(refunded ? from.plusSeconds(60) : null)
                    .setDisputeStatus(random.nextInt(5) == 0 ? DisputeStatus.OPEN : DisputeStatus.NONE)
                    .setDisputedAt(from.plusSeconds(90))
                    .build());
            var sum = invoices.stream().mapToLong(Invoice::getRefunded).sum();
            states.add(payment("store_" + purchase)
                    .setInvoices(List.copyOf(invoices))
                    .setCapturedAt(NOON)
                    .setTotals(List.of(new Totals("USD", 0L, 800L * invoices.size(), sum, 0L, 0L, 0L)))
                    .setReferences(Map.of("subject", user, "product", "premium")));
        }
        payments.add(built(states));
    }

    /** Money is captured, and then perhaps refunded, disputed or flagged, in part or whole. */
    private static List<PaymentState.Builder> paid(
            String id, long amount, Map<String, String> references, RandomGenerator random) {
        var states = new ArrayList<PaymentState.Builder>();
        states.add(captured(id, NOON, amount, 0).setReferences(references));
        var later = NOON.plusSeconds(60L + random.nextInt(1000));
        var last = captured(id, NOON, amount, 0).setReferences(references);
        switch (random.nextInt(8)) {
            case 0 -> {
                states.add(captured(id, NOON, amount, amount / 2)
                        .setRefundedAt(later)
                        .setReferences(references));
                last = captured(id, NOON, amount, amount)
                        .setRefundedAt(later.plusSeconds(60))
                        .setReferences(references);
            }
            case 1 ->
                last.setDisputeStatus(DisputeStatus.OPEN).setDisputedAt(later).setTotals(disputed(amount, amount, 0));
            case 2 ->
                last.setDisputeStatus(DisputeStatus.LOST).setDisputedAt(later).setTotals(disputed(amount, 0, amount));
            case 3 -> {
                states.add(captured(id, NOON, amount, 0)
                        .setFraudFlagged(true)
                        .setDisputedAt(later)
                        .setReferences(references));
                last.setDisputedAt(later.plusSeconds(60));
            }
            default -> last.setTotals(List.of(new Totals("USD", 0L, amount, 0L, 0L, 0L, 30L)));
        }
        states.add(last);
        return states;
    }

    private static List<Totals> disputed(long captured, long open, long lost) {
        return List.of(new Totals("USD", 0L, captured, 0L, open, lost, 0L));
    }

    private static List<PaymentState.Builder> subscription(
            String id, Map<String, String> references, RandomGenerator random) {
        var states = new ArrayList<PaymentState.Builder>();
        var at = NOON;
        for (var status : List.of(
                SubscriptionStatus.ACTIVE,
                List.of(
                                SubscriptionStatus.ACTIVE,
                                SubscriptionStatus.PAST_DUE,
                                SubscriptionStatus.CANCELED,
                                SubscriptionStatus.PAUSED,
                                SubscriptionStatus.UNPAID)
                        .get(random.nextInt(5)))) {
            states.add(payment(id)
                    .setSubscription(Subscription.newBuilder()
                            .setStatus(status)
                            .setAt(at)
                            .setCancelScheduled(random.nextInt(4) == 0)
                            .build())
                    .setReferences(references));
            at = at.plus(Duration.ofDays(1 + random.nextInt(60)));
        }
        return states;
    }

    private static Order order(
            String id, String user, String product, String reference, long amount, RandomGenerator random) {
        Instant payBy = random.nextBoolean() ? NOON.plus(Duration.ofHours(1)) : null;
        return Order.newBuilder()
                .setOrderId(id)
                .setSubject(user)
                .setProduct(product)
                .setReference(reference)
                .setAmount(amount)
                .setCurrency(random.nextInt(8) == 0 ? "EUR" : "USD")
                .setGatewayAccount(random.nextInt(8) == 0 ? "paypal/main" : null)
                .setCreatedAt(NOON)
                .setPayBy(payBy)
                .setLive(random.nextInt(8) > 0)
                .build();
    }

    private static List<PaymentState> built(List<PaymentState.Builder> states) {
        return states.stream().map(PaymentState.Builder::build).toList();
    }
}
