package ipn.operations.brake;

import ipn.avro.BrakeAction;

/**
 * What became of a decision about the brake.
 *
 * @param commandId kept with it
 * @param action RELEASE or DISCARD
 * @param done revocations that were told, or dropped; fewer than were withheld where some were lifted meanwhile
 * @param partitions that have carried it out
 * @param waiting partitions that have not said so: they will, once their projector runs
 */
public record BrakeResult(String commandId, BrakeAction action, long done, int partitions, int waiting) {
    public boolean complete() {
        return waiting == 0;
    }
}
