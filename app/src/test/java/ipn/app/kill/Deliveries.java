package ipn.app.kill;

import ipn.app.kill.Purchase.Sent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/**
 * The deliveries of planned purchases, each once and a quarter of them again, in random order; then those of further
 * purchases, for as long as somebody asks for one.
 */
final class Deliveries {
    /** One of each kind. */
    private static final int FURTHER = 10;

    private final Purchases source;
    private final Random random;
    private final List<Purchase> purchases = new ArrayList<>();
    private final Queue<Delivery> unsent = new ArrayDeque<>();
    private int taken;
    private int malformed;

    Deliveries(Purchases source, int planned, Random random) {
        this.source = source;
        this.random = random;
        plan(planned);
    }

    /** @param malformed true where it cannot be processed */
    private record Delivery(Sent sent, boolean malformed) {}

    private void plan(int count) {
        var further = source.from(purchases.size(), count);
        var all = new ArrayList<Delivery>();
        further.forEach(purchase ->
                purchase.deliveries().forEach(sent -> all.add(new Delivery(sent, purchase.deadLetters() > 0))));
        all.addAll(all.stream().filter(each -> random.nextInt(4) == 0).toList());
        Collections.shuffle(all, random);
        purchases.addAll(further);
        unsent.addAll(all);
    }

    /** The next one; there is always one. */
    Sent next() {
        if (unsent.isEmpty()) {
            plan(FURTHER);
        }
        var next = unsent.remove();
        taken++;
        if (next.malformed()) {
            malformed++;
        }
        return next.sent();
    }

    /** How many are planned and not taken. */
    int left() {
        return unsent.size();
    }

    /** How many have been taken. */
    int taken() {
        return taken;
    }

    /** How many of those cannot be processed. */
    int malformed() {
        return malformed;
    }

    /** Everything that has been planned so far. */
    List<Purchase> purchases() {
        return List.copyOf(purchases);
    }
}
