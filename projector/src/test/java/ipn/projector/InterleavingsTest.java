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
 * The states of one payment arrive in order; those of different payments interleave in every way, and some arrive twice. What a
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
        var history = history(random);
        var end = end(interleaved(history, random));
        assertThat(end(interleaved(history, random)))
                .as("another interleaving of the same history")
                .isEqualTo(end);
        if (paidFor(history)) {
            assertThat(end).as("a period was paid for").containsOnlyKeys("u_42/premium");
        }
    }

    @Test
    void among_them_are_histories_that_end_with_access_without_it_and_suspended() {
        var statuses = seeds().mapToObj(seed -> history(new SplittableRandom(seed)))
                .filter(InterleavingsTest::paidFor)
                .map(history -> end(history.stream().flatMap(List::stream).toList()))
                .map(end -> end.getOrDefault("u_42/premium", "none").split(" ")[0])
                .toList();
        assertThat(statuses).as("how histories that were paid for end").contains("ACTIVE", "SUSPENDED", "ENDED");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_interleaving_of_payments_invoices_and_subscriptions_ends_in_the_same_ledger(long seed) {
        var random = new SplittableRandom(seed);
        var history = history(random);
        var ledger = ledger(interleaved(history, random));
        assertThat(ledger(interleaved(history, random)))
                .as("another interleaving of the same history")
                .isEqualTo(ledger);
        assertThat(ledger.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("clearing/"))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .as("clearing accounts hold the cash of all payments")
                .isEqualTo(Expected.cash(history));
    }

    /** Whether an invoice was paid in full in the end. */
    private static boolean paidFor(List<List<PaymentState>> history) {
        return history.stream()
                .filter(states -> !states.isEmpty())
                .map(states -> states.get(states.size() - 1))
                .flatMap(state -> state.getInvoices().stream())
                .anyMatch(invoice -> invoice.getStatus() == InvoiceStatus.PAID && invoice.getPaid() == 800);
    }

    private Map<String, Long> ledger(List<PaymentState> order) {
        try (var projection = new Projection(folder)) {
            order.forEach(state -> projection.applied(PaymentState.newBuilder(state)));
            return Balances.of(projection.ledger());
        }
    }

    /** A subscription's history over a few months: each list is what became of one payment key, in order. */
    private static List<List<PaymentState>> history(SplittableRandom random) {
        var history = new ArrayList<List<PaymentState>>();
        for (var month = 0; month <= random.nextInt(4); month++) {
            var from = NOON.plus(Duration.ofDays(30L * month));
            var until = from.plus(Duration.ofDays(30));
            history.add(invoices("in_" + month, from, until, random));
            history.add(payments("pi_" + month, "in_" + month, from, random));
        }
        history.add(subscriptions(random));
        return history;
    }

    private static List<PaymentState> invoices(String id, Instant from, Instant until, SplittableRandom random) {
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

    private static List<PaymentState> interleaved(List<List<PaymentState>> history, SplittableRandom random) {
        var queues = new ArrayList<>(history.stream().map(ArrayList::new).toList());
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

    /** Access whose claims were all withdrawn is the same as none ever claimed. */
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
