package ipn.projector;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Order;
import ipn.avro.PaymentState;
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
 * told.
 */
class HistoriesTest {
    /** Of the rules alone; through the topology a fiftieth of it. {@code -Dhistories.seeds=20000} asks for more. */
    private static final int SEEDS = Integer.getInteger("histories.seeds", 1_500);

    private static final Duration LONG = Duration.ofDays(400);

    @TempDir
    private Path folder;

    @Test
    void any_order_of_deliveries_and_orders_ends_in_the_same() {
        var something = 0;
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var histories = Histories.random(random);
            var end = end(histories, random);
            assertThat(end(histories, random)).as("seed %d", seed).isEqualTo(end);
            something += end.isEmpty() ? 0 : 1;
        }
        assertThat(something).isGreaterThan(SEEDS * 9 / 10);
    }

    static LongStream seeds() {
        return LongStream.range(0, SEEDS / 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void also_through_the_topology(long seed) {
        var random = new Random(seed);
        var histories = Histories.random(random);
        assertThat(endOfTopology(histories, random)).isEqualTo(endOfTopology(histories, random));
    }

    private static List<String> end(Histories histories, Random random) {
        var world = new World(Projection.CATALOGUE);
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
        world.happens(random);
        world.passes(LONG, random);
        return world.end();
    }

    private List<String> endOfTopology(Histories histories, Random random) {
        try (var projection = new Projection(folder)) {
            for (var step : interleaved(histories, random)) {
                if (step instanceof Order order) {
                    projection.ordered(Order.newBuilder(order));
                } else if (step instanceof PaymentState state) {
                    projection.applied(PaymentState.newBuilder(state));
                }
            }
            // what is due is looked at when it is: an hour for what is missing, then a few days at a time
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

    private static List<String> end(Projection projection) {
        var end = new ArrayList<String>();
        new TreeMap<>(projection.states()).forEach((key, state) -> {
            var last = state.getLast();
            if (!last.getReason().equals("WITHDRAWN")) {
                end.add(key + " " + last.getStatus() + " " + last.getFrom() + " " + last.getUntil() + " "
                        + last.getReason());
            }
        });
        var open = new TreeMap<String, String>();
        projection
                .discrepancies()
                .forEach(each -> open.put(each.getDiscrepancyId(), each.getState() + " " + each.getActual()));
        open.values().removeIf(each -> each.startsWith("CLOSED"));
        open.forEach((id, state) -> end.add(id + " " + state));
        var balances = new TreeMap<String, Long>();
        projection
                .ledger()
                .forEach(entry -> entry.getLines()
                        .forEach(line -> balances.merge(
                                line.getAccount() + " " + line.getCurrency() + " " + line.getProduct() + " "
                                        + line.getDay(),
                                line.getAmount(),
                                Math::addExact)));
        balances.values().removeIf(sum -> sum == 0);
        balances.forEach((line, sum) -> end.add(line + " " + sum));
        var told = new TreeSet<String>();
        projection
                .notifications()
                .forEach(each -> assertThat(told.add(each.getNotificationId())).isTrue());
        end.addAll(told);
        return end;
    }
}
