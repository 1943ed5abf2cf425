package ipn.app.kill;

import static ipn.app.kill.PlannedPurchase.NONE;
import static ipn.fact.Fact.ReferenceName.ORDER;
import static ipn.fact.Fact.ReferenceName.PRODUCT;
import static ipn.fact.Fact.ReferenceName.REFERENCE;
import static ipn.fact.Fact.ReferenceName.SUBJECT;

import ipn.app.kill.Purchase.Sent;
import ipn.avro.Order;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.settings.Settings;
import ipn.simulator.Sample;
import ipn.simulator.Sample.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Purchases of every kind, in turn. Between the settings {@link #OLD} and {@link #NEW}, the price of a badge in dollars is raised, a promoted
 * post is renamed, and the grace of premium is shortened.
 */
final class PlannedPurchases {
    /** How many kinds there are: each has an equal part. */
    static final int KINDS = 20;

    static final String OLD = """
            products:
              premium: {entitlement: premium, interval: P1M, grace: P7D, prices: {USD: 800}, aliases: [price_premium]}
              badge: {entitlement: badge, kind: once, prices: {USD: 300, EUR: 300}}
              promoted-post: {entitlement: promotion, kind: once, scope: reference, prices: {USD: 2500}}
            """;
    static final String NEW = """
            products:
              premium: {entitlement: premium, interval: P1M, grace: P1D, prices: {USD: 800}, aliases: [price_premium]}
              badge: {entitlement: badge, kind: once, prices: {USD: 400, EUR: 300}}
              boosted-post: {entitlement: promotion, kind: once, scope: reference, prices: {USD: 2500}, aliases: [promoted-post]}
            """;

    private static final Money BADGE = new Money(300, "USD");
    private static final Money BADGE_IN_EURO = new Money(300, "EUR");
    private static final Money POST = new Money(2500, "USD");
    private static final Money PREMIUM = new Money(800, "USD");
    private static final Duration GRACE = Duration.ofDays(7);
    private static final Duration SHORT_GRACE = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Map<String, Long> BADGE_NOT_MATCHED = Map.of("revenue", 300L, "unmatched", -300L);
    /** What does not match is no revenue, and giving it back is no refund of any. */
    private static final Map<String, Long> REFUND_NOT_MATCHED = Map.of("revenue", 300L, "refunds", -300L);

    private static final Map<String, Long> POST_MATCHED = Map.of("revenue", -2500L, "unmatched", 2500L);

    private final SignedEvents stripe;
    private final SignedEvents standard;
    private final SignedEvents razorpay;
    private final Instant now;
    private final Instant start;

    PlannedPurchases(Settings settings, Instant now) {
        this.stripe = new SignedEvents("stripe", settings, now);
        this.standard = new SignedEvents("standard-webhooks", settings, now);
        this.razorpay = new SignedEvents("razorpay", settings, now);
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.start = this.now.minus(Duration.ofDays(3));
    }

    PlannedPurchase purchase(int number) {
        return switch (number % KINDS) {
            case 0, 1, 2 -> badge(number, stripe, BADGE_IN_EURO);
            case 3 -> badge(number, stripe, BADGE);
            case 4 -> badgeWithFee(number);
            case 5 -> ordered(number, "badge", BADGE);
            case 6 -> ordered(number, "promoted-post", POST);
            case 7, 8 -> post(number);
            case 9 -> postUnderItsLaterName(number);
            case 10, 11, 12 -> subscribed(number);
            case 13 -> renewedElsewhere(number);
            case 14 -> inGrace(number, Duration.ofDays(2));
            case 15 -> inGrace(number, Duration.ofHours(12));
            case 16 -> inNoGrace(number);
            case 17 -> refunded(number);
            case 18 -> twice(number);
            default -> disputed(number);
        };
    }

    private PlannedPurchase badge(int number, SignedEvents gateway, Money price) {
        var paid = paid(number, gateway, named(number, "badge"), price, "a");
        return badge(
                number, price, List.of(paid), List.of(paid, paid(number, gateway, named(number, "badge"), price, "b")));
    }

    /** The late event brings the fee. */
    private PlannedPurchase badgeWithFee(int number) {
        var sample = new Sample(razorpay.ids(number, "a"), named(number, "badge"), BADGE, start);
        var late = new Sample(razorpay.ids(number, "b"), named(number, "badge"), BADGE, start.plusSeconds(60));
        return badge(
                number,
                BADGE,
                List.of(razorpay.edited("payment.captured", sample, "\"fee\":6", "\"fee\":null")),
                List.of(razorpay.sent("payment.captured", late)));
    }

    private static PlannedPurchase badge(int number, Money price, List<Sent> deliveries, List<Sent> late) {
        var key = subject(number) + "/badge";
        return price.equals(BADGE)
                ? new PlannedPurchase(
                        key,
                        deliveries,
                        late,
                        Optional.empty(),
                        "ACTIVE (badge)",
                        NONE,
                        money(BADGE),
                        1,
                        0,
                        Optional.of(BADGE_NOT_MATCHED))
                : unchanged(key, deliveries, late, Optional.empty(), "ACTIVE (badge)");
    }

    /** The checkout promised a price: what the order expects stays right. */
    private PlannedPurchase ordered(int number, String product, Money price) {
        var order = Order.newBuilder()
                .setOrderId("order-" + number)
                .setSubject(subject(number))
                .setProduct(product)
                .setReference(product.equals("badge") ? null : "post-" + number)
                .setAmount(price.minorUnits())
                .setCurrency(price.currency())
                .setCreatedAt(start)
                .setLive(false)
                .build();
        var paid = paid(number, stripe, Map.of(ORDER, order.getOrderId()), price, "a");
        return product.equals("badge")
                ? unchanged(
                        subject(number) + "/badge", List.of(paid), List.of(paid), Optional.of(order), "ACTIVE (badge)")
                : renamed(number, "ACTIVE", List.of(paid), List.of(paid), Optional.of(order));
    }

    private PlannedPurchase post(int number) {
        var paid = paid(number, standard, named(number, "promoted-post"), POST, "a");
        return renamed(number, "ACTIVE", List.of(paid), List.of(paid), Optional.empty());
    }

    /** The dispute arrives before the money that it is about. */
    private PlannedPurchase disputed(int number) {
        var references = named(number, "promoted-post");
        var opened = standard.sent(
                "dispute.opened", new Sample(standard.ids(number, "b"), references, POST, start.plusSeconds(60)));
        var paid = paid(number, standard, references, POST, "a");
        return renamed(number, "SUSPENDED", List.of(opened, paid), List.of(opened), Optional.empty());
    }

    private static PlannedPurchase renamed(
            int number, String status, List<Sent> deliveries, List<Sent> late, Optional<Order> order) {
        return new PlannedPurchase(
                subject(number) + "/promotion/post-" + number,
                deliveries,
                late,
                order,
                status + " (promoted-post)",
                status + " (boosted-post)",
                money(POST),
                0,
                0,
                Optional.of(Map.of()));
    }

    /** A checkout that used the new name before the settings had it. */
    private PlannedPurchase postUnderItsLaterName(int number) {
        var paid = paid(number, stripe, named(number, "boosted-post"), POST, "a");
        return new PlannedPurchase(
                subject(number) + "/promotion/post-" + number,
                List.of(paid),
                List.of(paid),
                Optional.empty(),
                NONE,
                "ACTIVE (boosted-post)",
                money(POST),
                0,
                1,
                Optional.of(POST_MATCHED));
    }

    private PlannedPurchase subscribed(int number) {
        var period = new Period(start, start.plus(MONTH));
        var active =
                new Sample(stripe.ids(number, "d"), named(number, "premium"), PREMIUM, start.plusSeconds(60), period);
        return unchanged(
                subject(number) + "/premium",
                month(number, period),
                List.of(stripe.sent("customer.subscription.updated", active)),
                Optional.empty(),
                "ACTIVE until %s (premium)".formatted(period.until()));
    }

    private PlannedPurchase renewedElsewhere(int number) {
        var period = new Period(start, start.plus(MONTH));
        var sample = new Sample(standard.ids(number, "a"), named(number, "premium"), PREMIUM, start, period);
        var renewed = standard.sent("subscription.renewed", sample);
        return unchanged(
                subject(number) + "/premium",
                List.of(renewed),
                List.of(renewed),
                Optional.empty(),
                "ACTIVE until %s (premium)".formatted(period.until()));
    }

    /** The month ended a while ago, and its renewal could not be collected. */
    private PlannedPurchase inGrace(int number, Duration ago) {
        var ended = now.minus(ago);
        var deliveries = failedRenewal(number, ended);
        var shorter = ended.plus(SHORT_GRACE);
        return new PlannedPurchase(
                subject(number) + "/premium",
                deliveries,
                deliveries.subList(0, 2),
                Optional.empty(),
                "GRACE until %s (premium)".formatted(ended.plus(GRACE)),
                (shorter.isAfter(now) ? "GRACE" : "ENDED") + " until %s (premium)".formatted(shorter),
                money(PREMIUM),
                0,
                0,
                Optional.empty());
    }

    /** Grace had ended before the settings changed. A shorter one would have ended it earlier, but access is gone anyway. */
    private PlannedPurchase inNoGrace(int number) {
        var ended = now.minus(Duration.ofDays(10));
        var deliveries = failedRenewal(number, ended);
        return new PlannedPurchase(
                subject(number) + "/premium",
                deliveries,
                deliveries.subList(0, 2),
                Optional.empty(),
                "ENDED until %s (premium)".formatted(ended.plus(GRACE)),
                "ENDED until %s (premium)".formatted(ended.plus(SHORT_GRACE)),
                money(PREMIUM),
                0,
                0,
                Optional.empty());
    }

    private List<Sent> failedRenewal(int number, Instant ended) {
        var period = new Period(ended.minus(MONTH), ended);
        var ids = stripe.ids(number, "e")
                .withInvoice(Optional.of(stripe.ids(number, "").invoice() + "m2"));
        var failed = new Sample(ids, named(number, "premium"), PREMIUM, ended, new Period(ended, ended.plus(MONTH)));
        var all = new ArrayList<>(month(number, period));
        all.add(0, stripe.sent("invoice.payment_failed", failed));
        return all;
    }

    /** Of the three, only the payment moves money, and only the invoice names the user. */
    private List<Sent> month(int number, Period period) {
        var named = named(number, "premium");
        var at = period.from();
        return List.of(
                stripe.sent("invoice.paid", new Sample(stripe.ids(number, "a"), named, PREMIUM, at, period)),
                stripe.sent("invoice_payment.paid", new Sample(stripe.ids(number, "b"), named, PREMIUM, at, period)),
                stripe.sent("payment_intent.succeeded", new Sample(stripe.ids(number, "c"), Map.of(), PREMIUM, at)));
    }

    /** The refund arrives before the money that it gives back. Access has ended, and no longer names a purchase when the price does not match. */
    private PlannedPurchase refunded(int number) {
        var references = named(number, "badge");
        var at = start.plusSeconds(60);
        var refund = stripe.sent("refund.created", new Sample(stripe.ids(number, "b"), references, BADGE, at));
        var paid = paid(number, stripe, references, BADGE, "a");
        return new PlannedPurchase(
                subject(number) + "/badge",
                List.of(refund, paid),
                List.of(paid),
                Optional.empty(),
                "ENDED until %s (badge)".formatted(at),
                NONE,
                money(BADGE),
                0,
                0,
                Optional.of(REFUND_NOT_MATCHED));
    }

    /** Paid in euro, and later again in dollars: the price of the first still matches. */
    private PlannedPurchase twice(int number) {
        var references = named(number, "badge");
        var first = paid(number, stripe, references, BADGE_IN_EURO, "a");
        var second = standard.sent(
                "payment.succeeded", new Sample(standard.ids(number, "a"), references, BADGE, start.plusSeconds(3600)));
        return new PlannedPurchase(
                subject(number) + "/badge",
                List.of(first, second),
                List.of(first, second),
                Optional.empty(),
                "ACTIVE (badge)",
                "ACTIVE (badge)",
                Map.of(),
                1,
                0,
                Optional.of(BADGE_NOT_MATCHED));
    }

    private Sent paid(
            int number, SignedEvents gateway, Map<ReferenceName, String> references, Money price, String mark) {
        var event = gateway == stripe ? "payment_intent.succeeded" : "payment.succeeded";
        return gateway.sent(event, new Sample(gateway.ids(number, mark), references, price, start));
    }

    private static PlannedPurchase unchanged(
            String key, List<Sent> deliveries, List<Sent> late, Optional<Order> order, String access) {
        return new PlannedPurchase(key, deliveries, late, order, access, access, Map.of(), 0, 0, Optional.empty());
    }

    private static Map<String, Long> money(Money money) {
        return Map.of(money.currency(), money.minorUnits());
    }

    private static Map<ReferenceName, String> named(int number, String product) {
        return product.endsWith("post")
                ? Map.of(SUBJECT, subject(number), PRODUCT, product, REFERENCE, "post-" + number)
                : Map.of(SUBJECT, subject(number), PRODUCT, product);
    }

    private static String subject(int number) {
        return "user-" + number;
    }
}
