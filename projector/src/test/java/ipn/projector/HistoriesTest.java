package ipn.projector;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.AccessReason;
import ipn.avro.EntitlementEvent;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.key.EntitlementKey;
import ipn.projector.ledger.Balances;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole histories of several users, delivered in any order and in part twice: in the end the same is granted, open, booked and
 * notified.
 */
class HistoriesTest {
    /** Of the rules alone; through the topology a fiftieth of it. {@code -Dhistories.seeds=20000} asks for more. */
    private static final int SEEDS = Integer.getInteger("histories.seeds", 500);

    private static final Duration LONG = Duration.ofDays(400);

    @TempDir
    private Path folder;

    @Test
    void any_order_of_deliveries_and_orders_ends_in_the_same() {
        var ended = new ArrayList<End>();
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var histories = Histories.random(random);
            var end = end(histories, random);
            assertThat(end(histories, random))
                    .as("seed %d: another order of the same history", seed)
                    .isEqualTo(end);
            Expected.of(histories).isIn(end, "seed " + seed);
            ended.add(end);
        }
        assertMostHadEffects(ended);
    }

    /** Nine histories in ten have access to give, and move money, and notify; half have something that does not match. */
    private static void assertMostHadEffects(List<End> ended) {
        var most = ended.size() * 9L / 10;
        assertThat(ended.stream().filter(end -> !end.access().isEmpty()).count())
                .as("histories that gave access")
                .isGreaterThan(most);
        assertThat(ended.stream().filter(end -> !end.balances().isEmpty()).count())
                .as("histories that were booked")
                .isGreaterThan(most);
        assertThat(ended.stream().filter(end -> !end.notified().isEmpty()).count())
                .as("histories of which users were notified")
                .isGreaterThan(most);
        assertThat(ended.stream().filter(end -> !end.open().isEmpty()).count())
                .as("histories that left a discrepancy open")
                .isGreaterThan(ended.size() / 2L);
    }

    static LongStream seeds() {
        return LongStream.range(0, SEEDS / 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void also_through_the_topology(long seed) {
        var random = new Random(seed);
        var histories = Histories.random(random);
        var end = endOfTopology(histories, random);
        assertThat(endOfTopology(histories, random))
                .as("another order of the same history")
                .isEqualTo(end);
        Expected.of(histories).isIn(end, "seed " + seed);
    }

    private static End end(Histories histories, Random random) {
        var world = new World(Products.CATALOGUE);
        for (var order : histories.orders()) {
            for (var times = random.nextInt(2); times >= 0; times--) {
                world.ordered(order);
            }
        }
        for (var states : histories.payments()) {
            states.forEach(state -> {
                for (var times = random.nextInt(2); times >= 0; times--) {
                    world.published(state);
                }
            });
        }
        world.runAll(random);
        world.pass(LONG, random);
        return world.end();
    }

    private End endOfTopology(Histories histories, Random random) {
        try (var projection = new Projection(folder)) {
            for (var step : interleaved(histories, random)) {
                if (step instanceof Order order) {
                    projection.ordered(Order.newBuilder(order));
                } else if (step instanceof PaymentState state) {
                    projection.applied(PaymentState.newBuilder(state));
                }
            }
            // what is due is checked when it is due: an hour for what is missing, then a few days at a time
            projection.pass(Duration.ofSeconds(6)).pass(Duration.ofHours(2));
            for (var days = 0; days < 150; days += 3) {
                projection.pass(Duration.ofDays(3));
            }
            return end(projection);
        }
    }

    private static List<Object> interleaved(Histories histories, Random random) {
        var queues = new ArrayList<List<Object>>();
        histories.orders().forEach(order -> queues.add(new ArrayList<>(List.of(order, order))));
        histories.payments().forEach(states -> queues.add(new ArrayList<>(states)));
        var steps = new ArrayList<Object>();
        queues.removeIf(List::isEmpty);
        while (!queues.isEmpty()) {
            Collections.shuffle(queues, random);
            steps.add(queues.get(0).remove(0));
            queues.removeIf(List::isEmpty);
        }
        return steps;
    }

    private static End end(Projection projection) {
        var access = new ArrayList<String>();
        new TreeMap<>(projection.states()).forEach((key, state) -> {
            var last = state.getLast();
            if (last.getReason() != AccessReason.WITHDRAWN) {
                access.add(key + " " + last.getStatus() + " " + last.getFrom() + " " + last.getUntil() + " "
                        + last.getReason());
            }
        });
        assertEachStateWasEmitted(projection.events(), access);
        var open = new TreeMap<String, String>();
        projection
                .discrepancies()
                .forEach(each -> open.put(each.getDiscrepancyId(), each.getState() + " " + each.getActual()));
        open.values().removeIf(each -> each.startsWith("CLOSED"));
        var notified = new TreeSet<String>();
        projection
                .notifications()
                .forEach(each -> assertThat(notified.add(each.getNotificationId()))
                        .as("notified once: %s", each.getNotificationId())
                        .isTrue());
        return new End(
                access,
                open.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .toList(),
                Balances.of(projection.ledger()),
                notified);
    }

    /** The newest event of each entitlement equals what the compacted topic keeps of it. */
    private static void assertEachStateWasEmitted(List<EntitlementEvent> events, List<String> access) {
        var newest = new TreeMap<String, String>();
        events.forEach(event -> newest.put(
                EntitlementKey.of(event).toString(),
                event.getStatus() + " " + event.getFrom() + " " + event.getUntil() + " " + event.getReason()));
        newest.values().removeIf(each -> each.endsWith(" WITHDRAWN"));
        assertThat(newest.entrySet().stream().map(each -> each.getKey() + " " + each.getValue()))
                .as("the newest entitlement events, against the newest states")
                .containsExactlyElementsOf(access);
    }
}
