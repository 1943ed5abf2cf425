package ipn.app.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** The order in which deliveries reach {@code ipn.raw} if some of them wait, and what moves those is killed now and then. */
final class DeferredOrder<T> {
    private final RandomGenerator random;
    private final List<T> raw = new ArrayList<>();
    private final List<T> waiting = new ArrayList<>();
    private int committed;

    private DeferredOrder(RandomGenerator random) {
        this.random = random;
    }

    static <T> List<T> of(List<T> deliveries, Predicate<T> mayWait, RandomGenerator random) {
        var order = new DeferredOrder<T>(random);
        for (var delivery : deliveries) {
            var waits = mayWait.test(delivery) && random.nextInt(4) > 0;
            (waits ? order.waiting : order.raw).add(delivery);
            if (random.nextInt(3) == 0) {
                order.move();
            }
        }
        while (order.committed < order.waiting.size()) {
            order.move();
        }
        return order.raw;
    }

    /** Stores a batch, and commits it unless it is killed before. */
    private void move() {
        var end = Math.min(waiting.size(), committed + 1 + random.nextInt(4));
        raw.addAll(waiting.subList(committed, end));
        if (random.nextInt(3) > 0) {
            committed = end;
        }
    }
}
