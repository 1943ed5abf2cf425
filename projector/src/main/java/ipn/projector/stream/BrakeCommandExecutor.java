package ipn.projector.stream;

import ipn.avro.BrakeAction;
import ipn.avro.PendingBrakeCommand;
import ipn.projector.access.EntitlementUpdate;
import ipn.projector.brake.BrakeCommands;
import java.time.Instant;
import java.util.Objects;

/** Carries out commands about withheld revocations: in order of their numbers, some with each tick. */
final class BrakeCommandExecutor {
    private final EntitlementUpdate update;
    private final EntitlementStore entitlements;
    private final FraudBlocks blocks;
    private final BrakeStore brake;

    BrakeCommandExecutor(
            EntitlementUpdate update, EntitlementStore entitlements, FraudBlocks blocks, BrakeStore brake) {
        this.update = update;
        this.entitlements = entitlements;
        this.blocks = blocks;
        this.brake = brake;
    }

    /** @param completed runs after each command that is completed */
    void step(int max, Instant now, Runnable completed) {
        var left = max;
        var command = BrakeCommands.current(brake.read());
        while (command.isPresent() && left > 0) {
            var upTo = command.get().getUpTo();
            var keys = brake.first(left, upTo);
            for (var key : keys) {
                carryOut(command.get(), key, now);
            }
            left -= Math.max(1, keys.size());
            if (brake.first(1, upTo).isEmpty()) {
                var before = brake.read();
                brake.write(before, BrakeCommands.complete(before));
                completed.run();
            }
            command = BrakeCommands.current(brake.read());
        }
    }

    private void carryOut(PendingBrakeCommand command, String key, Instant now) {
        var before = entitlements.get(key);
        if (command.getCommand().getAction() == BrakeAction.DISCARD) {
            entitlements.discard(key, before, now);
        } else {
            var withheld = Objects.requireNonNull(before.getWithheld(), "withheld: of an entitlement in the queue");
            entitlements.release(
                    key, before, update.again(before, blocks.blockOf(before), withheld.getCause(), now), now);
        }
    }
}
