package ipn.projector;

import static ipn.projector.DecidedMoneyTest.undo;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.key;
import static ipn.projector.Payments.subscription;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.DisputeStatus;
import ipn.avro.Invoice;
import ipn.avro.InvoiceStatus;
import ipn.avro.PaymentState;
import ipn.avro.SubscriptionStatus;
import ipn.projector.catalogue.CatalogueHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Access that people granted, extended, revoked and transferred, beside what is paid for, refunded and disputed, in any order. The rules
 * alone.
 */
class DecidedAccessTest {
    private static final Instant END = NOON.plus(Duration.ofDays(30));
    private static final Duration LATER = Duration.ofDays(10);

    private static final Decision GRANT = personal("g_grant", DecisionKind.GRANT, 1)
            .setProduct("premium")
            .setFrom(NOON)
            .setUntil(NOON.plus(Duration.ofDays(20)))
            .build();
    private static final Decision EXTEND = personal("g_extend", DecisionKind.EXTEND, 2)
            .setProduct("premium")
            .setFrom(NOON)
            .setUntil(END.plus(Duration.ofDays(15)))
            .build();
    private static final Decision REVOKE =
            personal("g_revoke", DecisionKind.REVOKE, 3).build();
    private static final Decision TRANSFER = personal("g_transfer", DecisionKind.TRANSFER, 4)
            .setToSubject("u_7")
            .setPurchases(List.of(key("sub_1")))
            .build();

    static LongStream seeds() {
        return LongStream.range(0, Integer.getInteger("seeds", 60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_order_of_decisions_payments_refunds_and_disputes_ends_the_same(long seed) {
        var random = new SplittableRandom(seed);
        var decisions = decisions(random);
        var states = states(random);
        var end = run(decisions, states, random.split()).end();
        for (var round = 0; round < 4; round++) {
            var another = run(decisions, states, random.split()).end();
            assertThat(another.access()).as("%s, %s", decisions, states).isEqualTo(end.access());
            assertThat(another.balances()).as("%s, %s", decisions, states).isEqualTo(end.balances());
            assertThat(another.open()).as("%s, %s", decisions, states).isEqualTo(end.open());
        }
        assertThat(end.balances())
                .as("the ledger, without any decision")
                .isEqualTo(run(List.of(), states, random.split()).end().balances());
    }

    @Test
    void among_them_are_ends_with_each_reason_and_both_subjects() {
        var ends = seeds().mapToObj(SplittableRandom::new)
                .flatMap(random -> run(decisions(random), states(random), random.split()).end().access().stream())
                .toList();
        for (var reason : List.of(" GRANTED", " REVOKED", " PAID")) {
            assertThat(ends).as(reason).anyMatch(end -> end.endsWith(reason));
        }
        assertThat(ends).anyMatch(end -> end.startsWith("u_7/")).anyMatch(end -> end.startsWith("u_42/"));
    }

    static Stream<List<Decision>> combinations() {
        var all = List.of(GRANT, EXTEND, REVOKE, TRANSFER);
        return IntStream.range(0, 1 << all.size())
                .mapToObj(mask -> IntStream.range(0, all.size())
                        .filter(bit -> (mask >> bit & 1) == 1)
                        .mapToObj(all::get)
                        .toList());
    }

    /** The specification of what counts, in a few lines of its own. */
    @ParameterizedTest
    @MethodSource("combinations")
    void access_is_the_longest_of_what_is_paid_and_granted_unless_it_is_revoked(List<Decision> decisions) {
        var paid = List.of(List.of(paid(0)), List.of(active()));
        var access = access(run(decisions, paid, new SplittableRandom(1)));
        var transferred = decisions.contains(TRANSFER);
        var granted = decisions.contains(EXTEND) || decisions.contains(GRANT);
        var ends = new TreeMap<Instant, String>();
        if (!transferred) {
            ends.put(END, "PAID");
        }
        if (decisions.contains(GRANT)) {
            ends.put(GRANT.getUntil(), "GRANTED");
        }
        if (decisions.contains(EXTEND)) {
            ends.put(EXTEND.getUntil(), "GRANTED");
        }
        if (transferred && !granted) {
            assertThat(access).as("nothing of its own").doesNotContainKey("u_42");
        } else if (decisions.contains(REVOKE)) {
            assertThat(access.get("u_42")).isEqualTo("ENDED " + REVOKE.getAt() + " REVOKED");
        } else {
            var last = ends.lastEntry();
            assertThat(access.get("u_42")).isEqualTo("ACTIVE " + last.getKey() + " " + last.getValue());
        }
        assertThat(access.get("u_7")).isEqualTo(transferred ? "ACTIVE " + END + " PAID" : null);
    }

    @Test
    void each_decision_that_is_undone_is_as_if_it_had_never_been_made() {
        var paid = List.of(List.of(paid(0)), List.of(active()));
        var without = access(run(List.of(), paid, new SplittableRandom(1)));
        for (var decision : List.of(GRANT, EXTEND, REVOKE, TRANSFER)) {
            assertThat(access(run(List.of(decision, undo(decision)), paid, new SplittableRandom(2))))
                    .as(decision.getDecisionId())
                    .isEqualTo(without);
        }
    }

    @Test
    void a_refund_of_a_transferred_purchase_ends_the_access_of_the_other_subject_and_a_renewal_extends_it() {
        var refunded = List.of(List.of(paid(0), paid(800)), List.of(active()));
        assertThat(access(run(List.of(TRANSFER), refunded, new SplittableRandom(3)))
                        .get("u_7"))
                .startsWith("ENDED")
                .endsWith("REFUNDED");
        var renewed = List.of(List.of(paid(0)), List.of(active()), List.of(renewal()));
        assertThat(access(run(List.of(TRANSFER), renewed, new SplittableRandom(4)))
                        .get("u_7"))
                .isEqualTo("ACTIVE " + END.plus(Duration.ofDays(30)) + " PAID");
    }

    @Test
    void a_revocation_until_a_time_ends_then() {
        var revoke = Decision.newBuilder(REVOKE)
                .setUntil(NOON.plus(Duration.ofDays(1)))
                .build();
        var paid = List.of(List.of(paid(0)), List.of(active()));
        assertThat(access(run(List.of(revoke), paid, new SplittableRandom(5))).get("u_42"))
                .isEqualTo("ACTIVE " + END + " PAID");
    }

    @Test
    void goodwill_is_no_receipt_and_no_money() {
        var end = run(List.of(GRANT, EXTEND, TRANSFER), List.of(), new SplittableRandom(6))
                .end();
        assertThat(end.balances()).isEmpty();
        assertThat(end.notified()).noneMatch(id -> id.startsWith("receipt"));
    }

    @Test
    void of_a_transferred_purchase_one_receipt_is_sent() {
        var paid = List.of(List.of(paid(0)), List.of(active()));
        // World fails where a notification is sent twice
        assertThat(run(List.of(TRANSFER), paid, new SplittableRandom(7)).end().notified())
                .filteredOn(id -> id.startsWith("receipt"))
                .hasSize(1);
    }

    private static List<Decision> decisions(SplittableRandom random) {
        var decisions = new ArrayList<Decision>();
        for (var decision : List.of(GRANT, EXTEND, REVOKE, TRANSFER)) {
            if (random.nextBoolean()) {
                decisions.add(decision);
                if (random.nextInt(3) == 0) {
                    decisions.add(undo(decision));
                }
            }
        }
        return decisions;
    }

    /** States of each payment key, in their order. */
    private static List<List<PaymentState>> states(SplittableRandom random) {
        var invoice = new ArrayList<>(List.of(paid(0)));
        switch (random.nextInt(4)) {
            case 0 -> invoice.add(paid(800));
            case 1 -> invoice.add(disputed(DisputeStatus.OPEN));
            case 2 -> {
                invoice.add(disputed(DisputeStatus.OPEN));
                invoice.add(disputed(DisputeStatus.LOST));
            }
            default -> {}
        }
        var states = new ArrayList<List<PaymentState>>(List.of(invoice));
        if (random.nextBoolean()) {
            states.add(List.of(active()));
        }
        if (random.nextInt(3) == 0) {
            states.add(List.of(renewal()));
        }
        return states;
    }

    private static World run(List<Decision> decisions, List<List<PaymentState>> states, SplittableRandom random) {
        var world = new World(CatalogueHistory.always(Products.CATALOGUE));
        var actions = new ArrayList<Runnable>();
        decisions.forEach(decision -> actions.add(() -> world.decided(decision)));
        states.forEach(ofOne -> actions.add(() -> ofOne.forEach(world::published)));
        while (!actions.isEmpty()) {
            actions.remove(random.nextInt(actions.size())).run();
            if (random.nextBoolean()) {
                world.runAll(random);
            }
        }
        world.runAll(random);
        world.pass(LATER, random);
        return world;
    }

    /** Status, end and reason by subject. */
    private static Map<String, String> access(World world) {
        var access = new TreeMap<String, String>();
        world.end().access().forEach(line -> {
            var words = line.split(" ");
            access.put(words[0].split("/")[0], words[1] + " " + words[3] + " " + words[5]);
        });
        return access;
    }

    private static PaymentState paid(long refunded) {
        return with(
                invoice("in_1", InvoiceStatus.PAID, 800, NOON, END),
                Invoice.newBuilder(invoice("in_1", InvoiceStatus.PAID, 800, NOON, END)
                                .getInvoices()
                                .get(0))
                        .setRefunded(refunded)
                        .setRefundedAt(refunded == 0 ? null : NOON.plus(Duration.ofDays(2)))
                        .build());
    }

    private static PaymentState disputed(DisputeStatus status) {
        return with(
                invoice("in_1", InvoiceStatus.PAID, 800, NOON, END),
                Invoice.newBuilder(invoice("in_1", InvoiceStatus.PAID, 800, NOON, END)
                                .getInvoices()
                                .get(0))
                        .setDisputeStatus(status)
                        .setDisputed(800)
                        .setDisputedAt(NOON.plus(Duration.ofDays(3)))
                        .build());
    }

    private static PaymentState with(PaymentState.Builder state, Invoice invoice) {
        return state.setInvoices(List.of(invoice)).build();
    }

    private static PaymentState renewal() {
        return invoice("in_2", InvoiceStatus.PAID, 800, END, END.plus(Duration.ofDays(30)))
                .build();
    }

    private static PaymentState active() {
        return subscription(SubscriptionStatus.ACTIVE, NOON).build();
    }

    static Decision.Builder personal(String id, DecisionKind kind, int minute) {
        return Decision.newBuilder()
                .setDecisionId(id)
                .setKind(kind)
                .setTarget(DecisionTarget.SUBJECT)
                .setAbout("u_42")
                .setBy("ada")
                .setAt(NOON.plus(Duration.ofMinutes(minute)))
                .setWhy("looked into")
                .setEntitlement("premium");
    }
}
