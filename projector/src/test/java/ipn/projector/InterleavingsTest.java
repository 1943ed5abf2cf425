package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.paying;
import static ipn.projector.Payments.payment;
import static ipn.projector.Payments.subscription;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AccessReason;
import ipn.avro.DisputeStatus;
import ipn.avro.EntitlementEvent;
import ipn.avro.InvoiceStatus;
import ipn.avro.PaymentState;
import ipn.avro.SubscriptionStatus;
import ipn.projector.ledger.Balances;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One payment's news comes in order; the news of different payments interleaves in every way, and some comes twice. What a
 * subject may use in the end is the same, and revisions only grow.
 */
class InterleavingsTest {
    @TempDir
    private Path folder;

    static LongStream seeds() {
        return LongStream.range(0, 8);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_interleaving_of_payments_invoices_and_subscriptions_ends_in_the_same_access(long seed) {
        var random = new SplittableRandom(seed);
        var life = life(random);
        var end = end(interleaved(life, random));
        assertThat(end(interleaved(life, random)))
                .as("another interleaving of the same life")
                .isEqualTo(end);
        if (paidFor(life)) {
            assertThat(end).as("a period was paid for").containsOnlyKeys("u_42/premium");
        }
    }

    @Test
    void among_them_are_lives_that_end_with_access_without_it_and_in_question() {
        var statuses = seeds().mapToObj(seed -> life(new SplittableRandom(seed)))
                .filter(InterleavingsTest::paidFor)
                .map(life -> end(life.stream().flatMap(List::stream).toList()))
                .map(end -> end.getOrDefault("u_42/premium", "none").split(" ")[0])
                .toList();
        assertThat(statuses).as("how lives that were paid for end").contains("ACTIVE", "SUSPENDED", "ENDED");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_interleaving_of_payments_invoices_and_subscriptions_ends_in_the_same_books(long seed) {
        var random = new SplittableRandom(seed);
        var life = life(random);
        var books = books(interleaved(life, random));
        assertThat(books(interleaved(life, random)))
                .as("another interleaving of the same life")
                .isEqualTo(books);
        assertThat(books.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("clearing/"))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .as("clearing accounts hold the cash of all payments")
                .isEqualTo(Expected.cash(life));
    }

    /** Whether an invoice says in the end that it was paid in full. */
    private static boolean paidFor(List<List<PaymentState>> life) {
        return life.stream()
                .filter(states -> !states.isEmpty())
                .map(states -> states.get(states.size() - 1))
                .flatMap(state -> state.getInvoices().stream())
                .anyMatch(bill -> bill.getStatus() == InvoiceStatus.PAID && bill.getPaid() == 800);
    }

    private Map<String, Long> books(List<PaymentState> order) {
        try (var projection = new Projection(folder)) {
            order.forEach(state -> projection.applied(PaymentState.newBuilder(state)));
            return Balances.of(projection.ledger());
        }
    }

    /** A subscription's life over a few months: each list is what became of one payment key, in order. */
    private static List<List<PaymentState>> life(SplittableRandom random) {
        var life = new ArrayList<List<PaymentState>>();
        for (var month = 0; month <= random.nextInt(4); month++) {
            var from = NOON.plus(Duration.ofDays(30L * month));
            var until = from.plus(Duration.ofDays(30));
            life.add(bills("in_" + month, from, until, random));
            life.add(payments("pi_" + month, "in_" + month, from, random));
        }
        life.add(subscriptions(random));
        return life;
    }

    private static List<PaymentState> bills(String id, Instant from, Instant until, SplittableRandom random) {
        var states = new ArrayList<PaymentState>();
        if (random.nextInt(3) == 0) {
            states.add(invoice(id, InvoiceStatus.FAILED, 0, from, until).build());
        }
        if (random.nextInt(5) > 0) {
            states.add(invoice(id, InvoiceStatus.PAID, random.nextInt(6) == 0 ? 100 : 800, from, until)
                    .build());
        }
        return states;
    }

    private static List<PaymentState> payments(String id, String invoice, Instant at, SplittableRandom random) {
        var states = new ArrayList<PaymentState>();
        states.add(captured(id, at, 800, 0).build());
        states.add(paying(captured(id, at, 800, 0), invoice).build());
        switch (random.nextInt(5)) {
            case 0 ->
                states.add(paying(captured(id, at, 800, 800).setRefundedAt(at.plusSeconds(60)), invoice)
                        .build());
            case 1 ->
                states.add(paying(
                                captured(id, at, 800, 0)
                                        .setDisputeStatus(DisputeStatus.OPEN)
                                        .setDisputedAt(at),
                                invoice)
                        .build());
            case 2 ->
                states.add(paying(
                                captured(id, at, 800, 0)
                                        .setDisputeStatus(DisputeStatus.LOST)
                                        .setDisputedAt(at),
                                invoice)
                        .build());
            case 3 ->
                states.add(paying(captured(id, at, 800, 0).setFraudFlagged(true).setDisputedAt(at), invoice)
                        .build());
            default -> states.add(paying(payment(id), invoice).build());
        }
        return states;
    }

    private static List<PaymentState> subscriptions(SplittableRandom random) {
        var states = new ArrayList<PaymentState>();
        states.add(subscription(SubscriptionStatus.ACTIVE, NOON).build());
        var last = List.of(
                        SubscriptionStatus.ACTIVE,
                        SubscriptionStatus.PAST_DUE,
                        SubscriptionStatus.CANCELED,
                        SubscriptionStatus.PAUSED,
                        SubscriptionStatus.UNPAID)
                .get(random.nextInt(5));
        states.add(subscription(last, NOON.plus(Duration.ofDays(random.nextInt(90))))
                .build());
        return states;
    }

    private static List<PaymentState> interleaved(List<List<PaymentState>> life, SplittableRandom random) {
        var queues = new ArrayList<>(life.stream().map(ArrayList::new).toList());
        var order = new ArrayList<PaymentState>();
        while (!queues.isEmpty()) {
            var queue = queues.get(random.nextInt(queues.size()));
            if (queue.isEmpty()) {
                queues.remove(queue);
            } else {
                order.add(queue.remove(0));
                if (random.nextInt(4) == 0) {
                    order.add(order.get(order.size() - 1));
                }
            }
        }
        return order;
    }

    /** What holds in the end, by entitlement, without how it came to be. */
    private Map<String, String> end(List<PaymentState> order) {
        var holds = new TreeMap<String, String>();
        try (var projection = new Projection(folder)) {
            order.forEach(state -> projection.applied(PaymentState.newBuilder(state)));
            long revision = 0;
            for (var event : projection.events()) {
                assertThat(event.getRevision())
                        .as("revision, against the one before")
                        .isGreaterThan(revision);
                revision = event.getRevision();
                holds.put(event.getSubject() + "/" + event.getEntitlement(), withdrawn(event) ? "" : derived(event));
            }
            holds.values().removeIf(String::isEmpty);
        }
        return holds;
    }

    /** All claims gone is the same as none ever made. */
    private static boolean withdrawn(EntitlementEvent event) {
        return event.getReason() == AccessReason.WITHDRAWN;
    }

    private static String derived(EntitlementEvent event) {
        return String.join(
                " ",
                event.getStatus().name(),
                String.valueOf(event.getFrom()),
                String.valueOf(event.getUntil()),
                String.valueOf(event.getGraceUntil()),
                event.getReason().name());
    }
}
