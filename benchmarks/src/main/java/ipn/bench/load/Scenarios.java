package ipn.bench.load;

import static ipn.fact.Fact.ReferenceName.ORDER;
import static ipn.fact.Fact.ReferenceName.PRODUCT;
import static ipn.fact.Fact.ReferenceName.REFERENCE;
import static ipn.fact.Fact.ReferenceName.SUBJECT;

import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementStatus;
import ipn.avro.Order;
import ipn.avro.PaymentStatus;
import ipn.bench.load.Scenario.ExpectedAccess;
import ipn.bench.load.Scenario.ExpectedPayment;
import ipn.bench.load.Scenario.Step;
import ipn.fact.Money;
import ipn.simulator.Ids;
import ipn.simulator.Sample;
import ipn.simulator.Sample.Period;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.Simulator;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates scenarios of twenty kinds in turn. */
public final class Scenarios {
    private static final Money POST = new Money(2500, "USD");
    private static final Money PREMIUM = new Money(800, "USD");
    private static final String POST_PRODUCT = "promoted-post";
    private static final Map<String, SimulatedGateway> GATEWAYS = gateways();

    private final String run;
    private final Instant start;
    private final boolean withOrders;
    private final String post;

    /**
     * @param run part of every id, so that runs do not share ids
     * @param start the time of the first events, at least an hour ago
     */
    public Scenarios(String run, Instant start) {
        this(run, start, true, POST_PRODUCT);
    }

    private Scenarios(String run, Instant start, boolean withOrders, String post) {
        this.run = run;
        this.start = start;
        this.withOrders = withOrders;
        this.post = post;
    }

    /** A time for the first events that is long enough ago. */
    public static Instant recentStart() {
        return Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
    }

    /** The same scenarios, in which no checkout writes an order: each payment contains its subject and its product. */
    public Scenarios withoutOrders() {
        return new Scenarios(run, start, false, post);
    }

    /** The same scenarios, in which another product than a promoted post is bought. */
    public Scenarios ofProduct(String product) {
        return new Scenarios(run, start, withOrders, product);
    }

    private static Map<String, SimulatedGateway> gateways() {
        var all = new HashMap<String, SimulatedGateway>();
        Simulator.gateways().forEach(gateway -> all.put(gateway.name(), gateway));
        return Map.copyOf(all);
    }

    /** The scenario of a number: the same number gives the same scenario. */
    public Scenario scenario(int number) {
        return switch (number % 20) {
            case 0 ->
                post(
                        number,
                        "stripe",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.NONE,
                        0,
                        EntitlementStatus.ACTIVE,
                        "payment_intent.created",
                        "payment_intent.succeeded");
            case 1 ->
                post(
                        number,
                        "stripe",
                        PaymentStatus.REFUNDED,
                        DisputeStatus.NONE,
                        2500,
                        EntitlementStatus.ENDED,
                        "payment_intent.succeeded",
                        "refund.created",
                        "charge.refunded");
            case 2 ->
                post(
                        number,
                        "stripe",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.OPEN,
                        0,
                        EntitlementStatus.SUSPENDED,
                        "payment_intent.succeeded",
                        "charge.dispute.created");
            case 3 ->
                post(
                        number,
                        "stripe",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.WON,
                        0,
                        EntitlementStatus.ACTIVE,
                        "payment_intent.succeeded",
                        "charge.dispute.created",
                        "charge.dispute.closed.won");
            case 4 ->
                post(
                        number,
                        "stripe",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.LOST,
                        0,
                        EntitlementStatus.ENDED,
                        "payment_intent.succeeded",
                        "charge.dispute.created",
                        "charge.dispute.closed.lost");
            case 5 ->
                post(
                        number,
                        "stripe",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.NONE,
                        0,
                        EntitlementStatus.ACTIVE,
                        "payment_intent.payment_failed",
                        "payment_intent.succeeded");
            case 6 ->
                post(
                        number,
                        "stripe",
                        PaymentStatus.FAILED,
                        DisputeStatus.NONE,
                        0,
                        null,
                        "payment_intent.created",
                        "payment_intent.payment_failed");
            case 7 ->
                post(
                        number,
                        "stripe",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.NONE,
                        0,
                        EntitlementStatus.SUSPENDED,
                        "payment_intent.succeeded",
                        "radar.early_fraud_warning.created");
            case 8 -> underpaidPost(number);
            case 9 -> premium(number, 3, List.of(), EntitlementStatus.ACTIVE, 3);
            case 10 -> premium(number, 2, List.of("refund.created"), EntitlementStatus.ACTIVE, 1);
            case 11 -> premium(number, 1, List.of("customer.subscription.deleted"), EntitlementStatus.ACTIVE, 1);
            case 12 ->
                premium(number, 2, List.of("customer.subscription.updated.past_due"), EntitlementStatus.ACTIVE, 2);
            case 13 ->
                post(
                        number,
                        "paypal-ipn",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.NONE,
                        0,
                        EntitlementStatus.ACTIVE,
                        "web_accept.pending",
                        "web_accept");
            case 14 ->
                post(
                        number,
                        "paypal-ipn",
                        PaymentStatus.REFUNDED,
                        DisputeStatus.NONE,
                        2500,
                        EntitlementStatus.ENDED,
                        "web_accept",
                        "refund");
            case 15 ->
                post(
                        number,
                        "paypal-ipn",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.OPEN,
                        0,
                        EntitlementStatus.SUSPENDED,
                        "web_accept",
                        "reversed");
            case 16 ->
                post(
                        number,
                        "paypal-ipn",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.WON,
                        0,
                        EntitlementStatus.ACTIVE,
                        "web_accept",
                        "reversed",
                        "canceled_reversal");
            case 17 -> paypalPremium(number);
            case 18 ->
                post(
                        number,
                        "standard-webhooks",
                        PaymentStatus.REFUNDED,
                        DisputeStatus.NONE,
                        2500,
                        EntitlementStatus.ENDED,
                        "payment.succeeded",
                        "refund.succeeded");
            default ->
                post(
                        number,
                        "standard-webhooks",
                        PaymentStatus.COMPLETED,
                        DisputeStatus.LOST,
                        0,
                        EntitlementStatus.ENDED,
                        "payment.succeeded",
                        "dispute.opened",
                        "dispute.lost");
        };
    }

    /**
     * The purchase of a promoted post; events are one minute apart.
     *
     * @param access the expected status of the access; null if it is never granted
     */
    public Scenario post(
            int number,
            String gateway,
            PaymentStatus status,
            DisputeStatus dispute,
            long refunded,
            @Nullable EntitlementStatus access,
            String... events) {
        var order = order(number, gateway);
        var references = order.isPresent()
                ? Map.of(ORDER, order.get().getOrderId())
                : Map.of(SUBJECT, subject(number), PRODUCT, post, REFERENCE, "post-" + number);
        var steps = new ArrayList<Step>();
        for (var i = 0; i < events.length; i++) {
            steps.add(new Step(
                    gateway,
                    events[i],
                    new Sample(ids(gateway, number, i), references, POST, start.plusSeconds(60L * i))));
        }
        var captured = status == PaymentStatus.FAILED ? 0 : POST.minorUnits();
        var payment = new ExpectedPayment(
                key(gateway, ids(gateway, number, 0).payment()), status, dispute, captured, refunded);
        return new Scenario(
                steps,
                List.of(payment),
                access == null
                        ? Optional.empty()
                        : Optional.of(new ExpectedAccess(
                                subject(number) + "/promotion/post-" + number, access, Optional.empty())),
                order);
    }

    /** The order of every second post, except at paypal-ipn. Its payment contains the order id and no other references. */
    private Optional<Order> order(int number, String gateway) {
        return withOrders && number / 20 % 2 == 0 && !gateway.equals("paypal-ipn")
                ? Optional.of(Order.newBuilder()
                        .setOrderId("o_" + run + "_" + number)
                        .setSubject(subject(number))
                        .setProduct(post)
                        .setReference("post-" + number)
                        .setAmount(POST.minorUnits())
                        .setCurrency(POST.currency())
                        .setCreatedAt(start)
                        .setLive(false)
                        .build())
                : Optional.empty();
    }

    /** An underpaid post: it costs 25 dollars, and the payment is 1 dollar. */
    private Scenario underpaidPost(int number) {
        var order = order(number, "stripe");
        var references = order.isPresent()
                ? Map.of(ORDER, order.get().getOrderId())
                : Map.of(SUBJECT, subject(number), PRODUCT, post, REFERENCE, "post-" + number);
        var sample = new Sample(ids("stripe", number, 0), references, new Money(100, "USD"), start);
        var payment = new ExpectedPayment(
                key("stripe", sample.ids().payment()), PaymentStatus.COMPLETED, DisputeStatus.NONE, 100, 0);
        return new Scenario(
                List.of(new Step("stripe", "payment_intent.succeeded", sample)),
                List.of(payment),
                Optional.empty(),
                order);
    }

    /**
     * A Stripe subscription that is paid for some months. Only the invoices contain the subject, the payments do not.
     *
     * @param last the events after the last payment
     * @param monthsLeft the number of months that the subject keeps at the end
     */
    private Scenario premium(int number, int months, List<String> last, EntitlementStatus access, int monthsLeft) {
        var steps = new ArrayList<Step>();
        var payments = new ArrayList<ExpectedPayment>();
        var references = Map.of(SUBJECT, subject(number), PRODUCT, "premium");
        var period = Period.monthFrom(start);
        var newest = new ArrayList<Sample>();
        var until = start;
        for (var month = 0; month < months; month++) {
            var ids = idsOfMonth(number, month);
            var sample = new Sample(
                    ids.withEvent(Optional.of(ids.event() + "a")),
                    references,
                    PREMIUM,
                    start.plusSeconds(month),
                    period);
            newest.add(sample);
            steps.add(new Step("stripe", "invoice.paid", sample));
            steps.add(new Step("stripe", "invoice_payment.paid", withEvent(sample, ids.event() + "b")));
            steps.add(new Step(
                    "stripe",
                    "payment_intent.succeeded",
                    new Sample(
                            ids.withEvent(Optional.of(ids.event() + "c")),
                            Map.of(),
                            PREMIUM,
                            start.plusSeconds(month))));
            var refundedNow = month == months - 1 && last.contains("refund.created");
            payments.add(new ExpectedPayment(
                    key("stripe", ids.payment()),
                    refundedNow ? PaymentStatus.REFUNDED : PaymentStatus.COMPLETED,
                    DisputeStatus.NONE,
                    800,
                    refundedNow ? 800 : 0));
            if (month < monthsLeft) {
                until = period.until();
            }
            period = period.next();
        }
        var sample = newest.get(months - 1);
        for (var event : last) {
            var at = start.plusSeconds(1800);
            steps.add(new Step(
                    "stripe",
                    event,
                    new Sample(
                            sample.ids().withEvent(Optional.of(sample.ids().event() + "z")),
                            references,
                            PREMIUM,
                            at,
                            sample.period())));
        }
        var ends = access == EntitlementStatus.ENDED ? Optional.<Instant>empty() : Optional.of(until);
        return new Scenario(
                steps, payments, Optional.of(new ExpectedAccess(subject(number) + "/premium", access, ends)));
    }

    /** A PayPal subscription: the message has no end of the period, so the interval of the product defines it. */
    private Scenario paypalPremium(int number) {
        var ids = ids("paypal-ipn", number, 0);
        var sample = new Sample(ids, Map.of(SUBJECT, subject(number), PRODUCT, "premium"), PREMIUM, start);
        var until = start.atZone(ZoneOffset.UTC).plusMonths(1).toInstant();
        var payment = new ExpectedPayment(
                key("paypal-ipn", ids.payment()), PaymentStatus.COMPLETED, DisputeStatus.NONE, 800, 0);
        return new Scenario(
                List.of(new Step("paypal-ipn", "subscr_payment", sample)),
                List.of(payment),
                Optional.of(new ExpectedAccess(
                        subject(number) + "/premium", EntitlementStatus.ACTIVE, Optional.of(until))));
    }

    private static Sample withEvent(Sample sample, String event) {
        return new Sample(
                sample.ids().withEvent(Optional.of(event)),
                sample.references(),
                sample.amount(),
                sample.at(),
                sample.period());
    }

    private Ids idsOfMonth(int number, int month) {
        var all = ids("stripe", number, 0);
        var suffix = "m" + month;
        return new Ids(all.event() + suffix, all.payment() + suffix, all.invoice() + suffix, all.subscription());
    }

    private Ids ids(String gateway, int number, int step) {
        var ids = simulated(gateway).ids(run + "n" + number);
        return ids.withEvent(Optional.of(ids.event() + "s" + step));
    }

    static SimulatedGateway simulated(String gateway) {
        return Objects.requireNonNull(GATEWAYS.get(gateway));
    }

    private String subject(int number) {
        return "u_" + run + "_" + number;
    }

    private static String key(String gateway, String id) {
        return gateway + "/main/" + id;
    }
}
