package ipn.projector.stream;

import ipn.avro.PendingBrakeCommand;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.brake.BrakeCommands;
import java.time.Instant;
import java.util.Objects;

/** Carries out what people decided about withheld revocations: in order of number, some with each tick. */
final class BrakeCommandExecutor {
    private final EntitlementUpdate update;
    private final EntitlementStore entitlements;
    private final FraudBlocks blocks;
    private final BrakeStore brake;

    BrakeCommandExecutor(EntitlementUpdate update, EntitlementStore entitlements, FraudBlocks blocks, BrakeStore brake) {
        this.update = update;
        this.entitlements = entitlements;
        this.blocks = blocks;
        this.brake = brake;
    }

    /** @param carriedOut told of each command that is carried out whole */
    void goOn(int max, Instant now, Runnable carriedOut) {
        var left = max;
        var order = BrakeCommands.current(brake.read());
        while (order.isPresent() && left > 0) {
            var upTo = order.get().getUpTo();
            var keys = brake.first(left, upTo);
            for (var key : keys) {
                carryOut(order.get(), key, now);
            }
            left -= Math.max(1, keys.size());
            if (brake.first(1, upTo).isEmpty()) {
                var before = brake.read();
                brake.write(before, BrakeCommands.carriedOut(before));
                carriedOut.run();
            }
            order = BrakeCommands.current(brake.read());
        }
    }

    private void carryOut(PendingBrakeCommand order, String key, Instant now) {
        var before = entitlements.of(key);
        if (order.getCommand().getAction().equals(BrakeCommands.DISCARD)) {
            entitlements.discard(key, before, now);
        } else {
            var held = Objects.requireNonNull(before.getWithheld(), "what is in the queue is withheld");
            entitlements.release(key, before, update.again(before, blocks.of(before), held.getCause(), now), now);
        }
    }
}
