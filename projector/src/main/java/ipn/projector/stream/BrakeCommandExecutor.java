package ipn.projector.stream;

import ipn.avro.BrakeAction;
import ipn.avro.EntitlementClaims;
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
    private final ClockWork clockWork;

    BrakeCommandExecutor(
            EntitlementUpdate update,
            EntitlementStore entitlements,
            FraudBlocks blocks,
            BrakeStore brake,
            ClockWork clockWork) {
        this.update = update;
        this.entitlements = entitlements;
        this.blocks = blocks;
        this.brake = brake;
        this.clockWork = clockWork;
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

    /** A key on which a rule fails stays in the queue, and the command stays pending. */
    private void carryOut(PendingBrakeCommand command, String key, Instant now) {
        clockWork
                .compute(() -> change(command, entitlements.get(key), now), now)
                .ifPresent(change -> entitlements.write(key, change, now.toEpochMilli()));
    }

    private EntitlementStore.Change change(PendingBrakeCommand command, EntitlementClaims before, Instant now) {
        if (command.getCommand().getAction() == BrakeAction.DISCARD) {
            return entitlements.discard(before, now);
        }
        var withheld = Objects.requireNonNull(before.getWithheld(), "withheld: of an entitlement in the queue");
        return entitlements.release(
                before, update.again(before, blocks.blockOf(before), withheld.getCause(), now), now);
    }
}
