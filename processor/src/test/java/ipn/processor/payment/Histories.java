package ipn.processor.payment;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.LinkKind;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.gateway.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Random histories of one payment, for properties. */
public final class Histories {
    private static final Instant START = Instant.parse("2026-09-01T12:00:00Z");

    private Histories() {}

    /** One delivery: an event key and what it says. */
    public record Told(String eventKey, Notification notification) {}

    /** Up to twenty events of every kind; times collide on purpose, so that only the version's tie-breakers decide. */
    public static List<Told> history(SplittableRandom random) {
        return IntStream.range(0, 1 + random.nextInt(20))
                .mapToObj(i -> new Told("stripe/main/evt_" + i, notification(random)))
                .toList();
    }

    /** The same deliveries in another order, some of them several times. */
    public static List<Told> shuffledWithRedeliveries(List<Told> history, SplittableRandom random) {
        var again = new ArrayList<>(history);
        for (var told : history) {
            for (var i = random.nextInt(3); i > 0; i--) {
                again.add(told);
            }
        }
        Collections.shuffle(again, new Random(random.nextLong()));
        return again;
    }

    /** One payment of one amount in dollars. */
    public static Notification captured(Instant at, long minorUnits) {
        var money = new Money(minorUnits, "USD");
        return new Notification(
                "captured", at, 0, Optional.of(money), List.of(new Fact.Captured("pi_1", money, Optional.empty())));
    }

    private static Notification notification(SplittableRandom random) {
        var facts = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> fact(random))
                .toList();
        return new Notification(
                "type." + random.nextInt(5),
                START.plusSeconds(random.nextInt(4)),
                random.nextInt(2),
                Optional.of(money(random)),
                facts);
    }

    private static Fact fact(SplittableRandom random) {
        var id = "id_" + random.nextInt(2);
        return switch (random.nextInt(14)) {
            case 0 -> new Fact.Authorized(id, money(random));
            case 1 ->
                new Fact.Captured(
                        id, money(random), random.nextBoolean() ? Optional.empty() : Optional.of(money(random)));
            case 2 ->
                new Fact.Refund(
                        id,
                        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(money(random)),
                        any(RefundStatus.values(), random));
            case 3 -> new Fact.RefundTotal(id, money(random));
            case 4 ->
                new Fact.Dispute(
                        id,
                        random.nextBoolean() ? Optional.empty() : Optional.of(money(random)),
                        any(DisputeStatus.values(), random),
                        "fraudulent");
            case 5 -> new Fact.DisputeFunds(id, money(random), any(DisputeMovement.values(), random));
            case 6 -> new Fact.Attempt(id, any(AttemptStatus.values(), random), "card_declined");
            case 7 -> new Fact.FraudFlag(id, random.nextBoolean(), "stolen_card");
            case 8 -> invoice(id, random);
            case 9 ->
                new Fact.Subscription(
                                id,
                                any(SubscriptionStatus.values(), random),
                                time(random),
                                time(random),
                                random.nextBoolean(),
                                time(random))
                        .withItems(List.of(List.of("sku_" + random.nextInt(3)), List.of("sku_1", "sku_2")));
            case 10 -> new Fact.Link(any(LinkKind.values(), random), "stripe/main/in_" + random.nextInt(2));
            case 11 -> new Fact.Reference(any(ReferenceName.values(), random), "value-" + random.nextInt(3));
            case 12 ->
                new Fact.RefundLines(
                        id,
                        List.of(
                                new Fact.RefundLine("sku_" + random.nextInt(3), random.nextInt(1, 600)),
                                new Fact.RefundLine("sku_" + random.nextInt(3), random.nextInt(1, 600))));
            default -> new Fact.Sku("sku_" + random.nextInt(3));
        };
    }

    private static Fact invoice(String id, SplittableRandom random) {
        var due = money(random);
        var paid = new Money(random.nextInt(3) * 500L, due.currency());
        var lines = IntStream.range(0, 3)
                .mapToObj(line -> Fact.Line.of(List.of("sku_" + line), 1, 500))
                .toList();
        return new Fact.Invoice(
                        id,
                        any(InvoiceStatus.values(), random),
                        Optional.of("stripe/main/sub_1"),
                        due,
                        paid,
                        time(random),
                        time(random))
                .with(new Fact.Breakdown(Fact.InvoiceReason.OTHER, 0, 0, 0, lines));
    }

    private static Money money(SplittableRandom random) {
        return new Money(random.nextInt(3) * 500L, random.nextInt(5) == 0 ? "EUR" : "USD");
    }

    private static Optional<Instant> time(SplittableRandom random) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(START.plusSeconds(random.nextInt(10_000_000)));
    }

    private static <E> E any(E[] values, SplittableRandom random) {
        return values[random.nextInt(values.length)];
    }
}
