package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.subscription;
import static ipn.projector.Projection.NOON;

import ipn.avro.Breakdown;
import ipn.avro.DiscrepancyKind;
import ipn.avro.Invoice;
import ipn.avro.InvoiceLine;
import ipn.avro.InvoiceReason;
import ipn.avro.InvoiceStatus;
import ipn.avro.Order;
import ipn.avro.PayerWord;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionStatus;
import ipn.avro.Totals;
import ipn.projector.catalogue.Policy;
import ipn.projector.catalogue.ProductCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** For each kind of discrepancy a payment or an order that has it. */
final class DecisionCases {
    private static final Map<String, String> COMPLETE =
            Map.of("subject", "u_42", "product", "promoted-post", "reference", "post_7");

    private DecisionCases() {}

    /**
     * @param states of payments, in their order
     * @param later a state of one of them that comes later: its money went back, or its subscription ended
     * @param orders that checkouts wrote
     */
    record Case(DiscrepancyKind kind, List<PaymentState> states, List<PaymentState> later, List<Order> orders) {
        ProductCatalogue catalogue() {
            var required = kind == DiscrepancyKind.NO_ORDER ? Set.of("stripe") : Set.<String>of();
            return new ProductCatalogue(
                    Products.CATALOGUE.byName(), true, new Policy(Set.of(), required), Products.CATALOGUE.version());
        }

        @Override
        public String toString() {
            return kind.name();
        }
    }

    static Stream<Case> all() {
        return Stream.of(
                payment(DiscrepancyKind.UNDERPAID, 2000, COMPLETE),
                payment(DiscrepancyKind.OVERPAID, 2600, COMPLETE),
                payment(DiscrepancyKind.NO_ORDER, 2500, COMPLETE),
                payment(DiscrepancyKind.UNKNOWN_ORDER, 2500, with("order", "o_9")),
                payment(DiscrepancyKind.NO_SUBJECT, 2500, without("subject")),
                payment(DiscrepancyKind.NO_PRODUCT, 2500, without("product")),
                payment(DiscrepancyKind.UNKNOWN_PRODUCT, 2500, with("product", "a-hat")),
                payment(DiscrepancyKind.NO_SCOPE, 2500, without("reference")),
                currency(),
                mode(),
                trial(),
                amount(),
                order(DiscrepancyKind.WRONG_ACCOUNT, order().setGatewayAccount("paypal/main")),
                order(DiscrepancyKind.LATE, order().setPayBy(NOON.minus(Duration.ofHours(1)))),
                order(DiscrepancyKind.UNKNOWN_PRODUCT, order().setProduct("a-hat")),
                order(DiscrepancyKind.NO_SCOPE, order().setReference(null)),
                twice(),
                new Case(
                        DiscrepancyKind.MISSING,
                        List.of(),
                        List.of(),
                        List.of(order().setPayBy(NOON.minusSeconds(1)).build())));
    }

    private static Case payment(DiscrepancyKind kind, long amount, Map<String, String> references) {
        return new Case(
                kind,
                List.of(paid("pi_1", amount, 0, references).build()),
                List.of(paid("pi_1", amount, amount, references).build()),
                List.of());
    }

    private static PaymentState.Builder paid(String id, long amount, long refunded, Map<String, String> references) {
        return captured(id, NOON, amount, refunded)
                .setRefundedAt(refunded == 0 ? null : NOON.plusSeconds(60))
                .setReferences(references);
    }

    private static Case currency() {
        return new Case(
                DiscrepancyKind.CURRENCY_MISMATCH,
                List.of(paid("pi_1", 0, 0, COMPLETE)
                        .setTotals(List.of(new Totals("EUR", 0L, 2500L, 0L, 0L, 0L, 0L)))
                        .build()),
                List.of(paid("pi_1", 0, 1, COMPLETE)
                        .setTotals(List.of(new Totals("EUR", 0L, 2500L, 2500L, 0L, 0L, 0L)))
                        .build()),
                List.of());
    }

    private static Case mode() {
        return new Case(
                DiscrepancyKind.WRONG_MODE,
                List.of(paid("pi_1", 2500, 0, COMPLETE).setLive(false).build()),
                List.of(paid("pi_1", 2500, 2500, COMPLETE).setLive(false).build()),
                List.of());
    }

    private static Case trial() {
        var trialing = subscription(SubscriptionStatus.TRIALING, NOON).setPayerWords(List.of(PayerWord.TRIAL));
        trialing.setSubscription(Subscription.newBuilder(trialing.getSubscription())
                .setTrialEnd(NOON.plus(Duration.ofDays(14)))
                .build());
        var expired = subscription(SubscriptionStatus.EXPIRED, NOON.plus(Duration.ofDays(1)));
        return new Case(DiscrepancyKind.UNSOLD_TRIAL, List.of(trialing.build()), List.of(expired.build()), List.of());
    }

    private static Case amount() {
        var until = NOON.plus(Duration.ofDays(30));
        var line = InvoiceLine.newBuilder()
                .setSkus(List.of("premium_monthly"))
                .setQuantity(1)
                .setAmount(0)
                .setFrom(NOON)
                .setUntil(until)
                .build();
        var unpriced = Breakdown.newBuilder()
                .setReason(InvoiceReason.UNPRICED)
                .setDiscount(0)
                .setTax(0)
                .setCredit(0)
                .setLines(List.of(line))
                .build();
        var paid = invoice("in_1", InvoiceStatus.PAID, 0, NOON, until);
        paid.setInvoices(List.of(Invoice.newBuilder(paid.getInvoices().get(0))
                .setBreakdown(unpriced)
                .build()));
        var voided = invoice("in_1", InvoiceStatus.VOID, 0, NOON, until);
        return new Case(DiscrepancyKind.UNKNOWN_AMOUNT, List.of(paid.build()), List.of(voided.build()), List.of());
    }

    private static Case order(DiscrepancyKind kind, Order.Builder order) {
        return new Case(
                kind,
                List.of(paid("pi_1", 2500, 0, Map.of("order", "o_1")).build()),
                List.of(paid("pi_1", 2500, 2500, Map.of("order", "o_1")).build()),
                List.of(order.build()));
    }

    private static Case twice() {
        return new Case(
                DiscrepancyKind.DUPLICATE_PAYMENT,
                List.of(
                        paid("pi_1", 2500, 0, Map.of("order", "o_1")).build(),
                        paid("pi_2", 2500, 0, Map.of("order", "o_1"))
                                .setCapturedAt(NOON.plusSeconds(5))
                                .build()),
                List.of(paid("pi_2", 2500, 2500, Map.of("order", "o_1"))
                        .setCapturedAt(NOON.plusSeconds(5))
                        .build()),
                List.of(order().build()));
    }

    private static Order.Builder order() {
        return Order.newBuilder()
                .setOrderId("o_1")
                .setSubject("u_42")
                .setProduct("promoted-post")
                .setReference("post_7")
                .setAmount(2500)
                .setCurrency("USD")
                .setCreatedAt(NOON)
                .setLive(true);
    }

    private static Map<String, String> with(String name, String value) {
        var references = new HashMap<>(COMPLETE);
        references.put(name, value);
        return references;
    }

    private static Map<String, String> without(String name) {
        var references = new HashMap<>(COMPLETE);
        references.remove(name);
        return references;
    }
}
