package ipn.projector;

import ipn.avro.BrakeAction;
import ipn.avro.BrakeCommand;
import ipn.avro.EntitlementEventType;
import ipn.projector.access.FraudPolicy;
import ipn.projector.brake.BrakeSettings;
import ipn.projector.stream.BrakeStore;
import ipn.projector.stream.EntitlementStore;
import ipn.projector.stream.FraudBlocks;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Settings of brakes, and commands of people to them. */
final class Brakes {
    static final List<String> STORES = List.of(
            EntitlementStore.STORE,
            EntitlementStore.DUE_STORE,
            BrakeStore.STATE,
            BrakeStore.QUEUE,
            FraudBlocks.FLAGS,
            FraudBlocks.REVISITS);

    private Brakes() {}

    /** @param perPartition so many revocations may be emitted within ten minutes, and no share counts */
    static Safeguards limitedTo(int perPartition) {
        return new Safeguards(settings(perPartition), FraudPolicy.SUSPEND);
    }

    static BrakeSettings settings(int perPartition) {
        var max = (long) perPartition * Projection.KAFKA.topics().partitions();
        return new BrakeSettings(
                max,
                1_000_000,
                1,
                Duration.ofMinutes(10),
                Set.of(EntitlementEventType.REVOKED, EntitlementEventType.SUSPENDED));
    }

    static BrakeCommand release(String id) {
        return new BrakeCommand(id, BrakeAction.RELEASE, "ada", "looked into", Projection.NOON);
    }

    static BrakeCommand discard(String id) {
        return new BrakeCommand(id, BrakeAction.DISCARD, "ada", "the gateway was wrong", Projection.NOON);
    }
}
