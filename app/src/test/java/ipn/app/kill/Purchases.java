package ipn.app.kill;

import static ipn.fact.Fact.ReferenceName.ORDER;
import static ipn.fact.Fact.ReferenceName.PRODUCT;
import static ipn.fact.Fact.ReferenceName.REFERENCE;
import static ipn.fact.Fact.ReferenceName.SUBJECT;

import ipn.app.SettingsSource;
import ipn.app.kill.Purchase.Access;
import ipn.app.kill.Purchase.Payment;
import ipn.app.kill.Purchase.Sent;
import ipn.avro.Order;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.simulator.Fault;
import ipn.simulator.Ids;
import ipn.simulator.Sample;
import ipn.simulator.Sample.Period;
import ipn.simulator.Senders;
import ipn.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Purchases of every kind, in turn, with signed notifications. */
final class Purchases {
    private static final String STRIPE = "stripe";
    private static final String STANDARD = "standard-webhooks";
    private static final Money POST = new Money(2500, "USD");
    private static final Money PREMIUM = new Money(800, "USD");

    private final Instant now;
    private final Instant start;
    private final Map<String, Simulator> simulators;

    Purchases(SettingsSource settings, Instant now) {
        this.now = now;
        this.start = now.minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
        this.simulators = Map.of(STRIPE, simulator(settings, STRIPE), STANDARD, simulator(settings, STANDARD));
    }

    private static Simulator simulator(SettingsSource settings, String gateway) {
        var sender = Senders.find(settings.read(), gateway, "main").orElseThrow();
        return new Simulator(Simulator.find(gateway).orElseThrow(), sender);
    }

    /** That many, from the one with this number on; the first one has number 0. */
    List<Purchase> from(int first, int count) {
        var all = new ArrayList<Purchase>();
        for (var number = first; number < first + count; number++) {
            all.add(purchase(number));
        }
        return all;
    }

    private Purchase purchase(int number) {
        return switch (number % 10) {
            case 0 -> kept(number);
            case 1 -> refunded(number);
            case 2 -> disputed(number, "lost", "LOST", "ENDED", Map.of("revenue", -2500L, "disputes", 2500L));
            case 3 -> disputed(number, "won", "WON", "ACTIVE", sold(STANDARD, 2500));
            case 4 -> failed(number);
            case 5 -> ordered(number);
            case 6 -> renewed(number);
            case 7 -> canceled(number);
            case 8 -> underpaid(number);
            default -> malformed(number);
        };
    }

    private static Map<String, Long> sold(String gateway, long amount) {
        return Map.of("clearing/" + gateway + "/main", amount, "revenue", -amount);
    }

    private Purchase kept(int number) {
        return post(
                number,
                STRIPE,
                "COMPLETED",
                "NONE",
                0,
                "ACTIVE",
                sold(STRIPE, 2500),
                "payment_intent.created",
                "payment_intent.succeeded");
    }

    private Purchase refunded(int number) {
        return post(
                number,
                STRIPE,
                "REFUNDED",
                "NONE",
                2500,
                "ENDED",
                Map.of("revenue", -2500L, "refunds", 2500L),
                "payment_intent.succeeded",
                "refund.created",
                "charge.refunded");
    }

    private Purchase disputed(int number, String end, String dispute, String access, Map<String, Long> ledger) {
        return post(
                number,
                STANDARD,
                "COMPLETED",
                dispute,
                0,
                access,
                ledger,
                "payment.succeeded",
                "dispute.opened",
                "dispute." + end);
    }

    private Purchase post(
            int number,
            String gateway,
            String status,
            String dispute,
            long refunded,
            String access,
            Map<String, Long> ledger,
            String... events) {
        return purchase(
                sent(number, gateway, post(number), POST, events),
                new Payment(key(gateway, ids(gateway, number, 0)), status, dispute, 2500, refunded),
                Optional.of(new Access(subject(number) + "/promotion/post-" + number, access, Optional.empty())),
                ledger);
    }

    private Purchase failed(int number) {
        return purchase(
                sent(number, STRIPE, post(number), POST, "payment_intent.created", "payment_intent.payment_failed"),
                new Payment(key(STRIPE, ids(STRIPE, number, 0)), "FAILED", "NONE", 0, 0),
                Optional.empty(),
                Map.of());
    }

    /** The payment names an order, and nothing else. */
    private Purchase ordered(int number) {
        var order = Order.newBuilder()
                .setOrderId("order-" + number)
                .setSubject(subject(number))
                .setProduct("promoted-post")
                .setReference("post-" + number)
                .setAmount(POST.minorUnits())
                .setCurrency(POST.currency())
                .setCreatedAt(start)
                .setLive(false)
                .build();
        return new Purchase(
                sent(number, STRIPE, Map.of(ORDER, order.getOrderId()), POST, "payment_intent.succeeded"),
                List.of(new Payment(key(STRIPE, ids(STRIPE, number, 0)), "COMPLETED", "NONE", 2500, 0)),
                Optional.of(new Access(subject(number) + "/promotion/post-" + number, "ACTIVE", Optional.empty())),
                sold(STRIPE, 2500),
                0,
                Optional.of(order));
    }

    /** Two months of a subscription; only the invoices name the subject. */
    private Purchase renewed(int number) {
        var first = Period.monthFrom(start);
        var sent = new ArrayList<>(month(number, 0, first));
        sent.addAll(month(number, 1, first.next()));
        return new Purchase(
                sent,
                List.of(month(number, 0), month(number, 1), invoice(number, 0), invoice(number, 1)),
                Optional.of(new Access(
                        subject(number) + "/premium",
                        "ACTIVE",
                        Optional.of(first.next().until()))),
                sold(STRIPE, 1600),
                0,
                Optional.empty());
    }

    /** At once, and what is paid for lasts. */
    private Purchase canceled(int number) {
        var period = Period.monthFrom(start);
        var sent = new ArrayList<>(month(number, 0, period));
        var ids = monthly(number, 0).withEvent(Optional.of(monthly(number, 0).event() + "z"));
        var deleted = new Sample(ids, premium(number), PREMIUM, start.plusSeconds(1800), period);
        sent.add(sent(STRIPE, "customer.subscription.deleted", deleted, Fault.NONE));
        return new Purchase(
                sent,
                List.of(month(number, 0), invoice(number, 0), subscription(number)),
                Optional.of(new Access(subject(number) + "/premium", "ACTIVE", Optional.of(period.until()))),
                sold(STRIPE, 800),
                0,
                Optional.empty());
    }

    /** An invoice moves no money: its payment does. */
    private Payment invoice(int number, int month) {
        return new Payment("stripe/main/" + monthly(number, month).invoice(), "COMPLETED", "NONE", 0, 0);
    }

    /** Neither does a subscription. */
    private Payment subscription(int number) {
        return new Payment("stripe/main/" + monthly(number, 0).subscription(), "UNKNOWN", "NONE", 0, 0);
    }

    private Payment month(int number, int month) {
        return new Payment(key(STRIPE, monthly(number, month)), "COMPLETED", "NONE", 800, 0);
    }

    private List<Sent> month(int number, int month, Period period) {
        var ids = monthly(number, month);
        var at = start.plusSeconds(month);
        var invoice = new Sample(ids.withEvent(Optional.of(ids.event() + "a")), premium(number), PREMIUM, at, period);
        var link = new Sample(ids.withEvent(Optional.of(ids.event() + "b")), premium(number), PREMIUM, at, period);
        var cash = new Sample(ids.withEvent(Optional.of(ids.event() + "c")), Map.of(), PREMIUM, at);
        return List.of(
                sent(STRIPE, "invoice.paid", invoice, Fault.NONE),
                sent(STRIPE, "invoice_payment.paid", link, Fault.NONE),
                sent(STRIPE, "payment_intent.succeeded", cash, Fault.NONE));
    }

    /** One dollar for what costs twenty-five. */
    private Purchase underpaid(int number) {
        return purchase(
                sent(number, STRIPE, post(number), new Money(100, "USD"), "payment_intent.succeeded"),
                new Payment(key(STRIPE, ids(STRIPE, number, 0)), "COMPLETED", "NONE", 100, 0),
                Optional.empty(),
                Map.of("clearing/stripe/main", 100L, "unmatched", -100L));
    }

    private Purchase malformed(int number) {
        var sample = new Sample(ids(STRIPE, number, 0), post(number), POST, start);
        var sent = sent(STRIPE, "payment_intent.succeeded", sample, Fault.MALFORMED);
        return new Purchase(List.of(sent), List.of(), Optional.empty(), Map.of(), 1, Optional.empty());
    }

    private static Purchase purchase(
            List<Sent> sent, Payment payment, Optional<Access> access, Map<String, Long> ledger) {
        return new Purchase(sent, List.of(payment), access, ledger, 0, Optional.empty());
    }

    /** A minute passes between two events. */
    private List<Sent> sent(
            int number, String gateway, Map<ReferenceName, String> references, Money amount, String... events) {
        var all = new ArrayList<Sent>();
        for (var step = 0; step < events.length; step++) {
            var at = start.plusSeconds(60L * step);
            var sample = new Sample(ids(gateway, number, step), references, amount, at);
            all.add(sent(gateway, events[step], sample, Fault.NONE));
        }
        return all;
    }

    private Sent sent(String gateway, String event, Sample sample, Fault fault) {
        return new Sent(gateway, simulators.get(gateway).notification(event, sample, fault, now));
    }

    private Ids ids(String gateway, int number, int step) {
        var ids = simulators.get(gateway).gateway().ids("k" + number);
        return ids.withEvent(Optional.of(ids.event() + "s" + step));
    }

    private Ids monthly(int number, int month) {
        var ids = ids(STRIPE, number, 0);
        var mark = "m" + month;
        return new Ids(ids.event() + mark, ids.payment() + mark, ids.invoice() + mark, ids.subscription());
    }

    private static Map<ReferenceName, String> post(int number) {
        return Map.of(SUBJECT, subject(number), PRODUCT, "promoted-post", REFERENCE, "post-" + number);
    }

    private static Map<ReferenceName, String> premium(int number) {
        return Map.of(SUBJECT, subject(number), PRODUCT, "premium");
    }

    private static String subject(int number) {
        return "user-" + number;
    }

    private static String key(String gateway, Ids ids) {
        return gateway + "/main/" + ids.payment();
    }
}
