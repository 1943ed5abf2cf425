package ipn.operations.brake;

import ipn.avro.BrakeAction;

/**
 * Result of a command to the brake.
 *
 * @param commandId id of the command, stored with its result
 * @param action RELEASE or DISCARD
 * @param done revocations that were emitted or discarded; fewer than were withheld if some became unnecessary meanwhile
 * @param partitions number of partitions that have executed the command
 * @param waiting number of partitions that have not: they will when their projector runs
 */
public record BrakeResult(String commandId, BrakeAction action, long done, int partitions, int waiting) {
    public boolean complete() {
        return waiting == 0;
    }
}
