package ipn.projector.brake;

import ipn.avro.BrakeSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts what was emitted within any time of a length, in slots of a sixtieth of it. One slot more than the length has is counted,
 * so the count is never less than what was emitted: a limit holds for every window, not only for those that begin with a slot.
 */
record SlidingWindow(Duration length) {
    private static final int SLOTS = 60;

    /** @return how many were emitted within the window that ends now, or a little before it */
    long emitted(List<BrakeSlot> window, Instant now) {
        return kept(window, now).stream().mapToLong(BrakeSlot::getEmitted).sum();
    }

    /** With one more emitted now, and without slots that have left the window. */
    List<BrakeSlot> plusOne(List<BrakeSlot> window, Instant now) {
        var slots = new ArrayList<>(kept(window, now));
        var current = current(window, now);
        var newest = slots.isEmpty() ? null : slots.get(slots.size() - 1);
        if (newest != null && newest.getSlot() == current) {
            slots.set(slots.size() - 1, new BrakeSlot(current, newest.getEmitted() + 1));
        } else {
            slots.add(new BrakeSlot(current, 1));
        }
        return List.copyOf(slots);
    }

    private List<BrakeSlot> kept(List<BrakeSlot> window, Instant now) {
        var current = current(window, now);
        return window.stream().filter(slot -> slot.getSlot() >= current - SLOTS).toList();
    }

    /** Time never runs backwards: an earlier time counts as the latest seen. */
    private long current(List<BrakeSlot> window, Instant now) {
        var slot = Math.floorDiv(now.toEpochMilli(), slotMillis());
        return window.isEmpty()
                ? slot
                : Math.max(slot, window.get(window.size() - 1).getSlot());
    }

    private long slotMillis() {
        return (length.toMillis() + SLOTS - 1) / SLOTS;
    }
}
