package ipn.projector;

import ipn.avro.BrakeOrder;
import ipn.projector.brake.Orders;
import ipn.projector.entitlement.EntitlementUpdate;
import java.time.Instant;
import java.util.Objects;

/** Carries out what people decided about withheld revocations: in order of number, some with each tick. */
final class BrakeOrders {
    private final EntitlementUpdate update;
    private final Entitlements entitlements;
    private final FraudBlocks blocks;
    private final BrakeStores brake;

    BrakeOrders(EntitlementUpdate update, Entitlements entitlements, FraudBlocks blocks, BrakeStores brake) {
        this.update = update;
        this.entitlements = entitlements;
        this.blocks = blocks;
        this.brake = brake;
    }

    /** @param carriedOut told of each command that is carried out whole */
    void goOn(int max, Instant now, Runnable carriedOut) {
        var left = max;
        var order = Orders.current(brake.read());
        while (order.isPresent() && left > 0) {
            var upTo = order.get().getUpTo();
            var keys = brake.first(left, upTo);
            for (var key : keys) {
                carryOut(order.get(), key, now);
            }
            left -= Math.max(1, keys.size());
            if (brake.first(1, upTo).isEmpty()) {
                var before = brake.read();
                brake.write(before, Orders.carriedOut(before));
                carriedOut.run();
            }
            order = Orders.current(brake.read());
        }
    }

    private void carryOut(BrakeOrder order, String key, Instant now) {
        var before = entitlements.of(key);
        if (order.getCommand().getAction().equals(Orders.DISCARD)) {
            entitlements.discard(key, before, now);
        } else {
            var held = Objects.requireNonNull(before.getHeld(), "what is in the queue is withheld");
            entitlements.release(key, before, update.again(before, blocks.of(before), held.getCause(), now), now);
        }
    }
}
