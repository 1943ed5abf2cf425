package ipn.simulator.vendor;

import java.util.Map;
import java.util.TreeSet;

/** Looks up what a simulator knows about an event. */
final class Events {
    private Events() {}

    static <T> T find(Map<String, T> events, String event) {
        var found = events.get(event);
        if (found == null) {
            throw new IllegalArgumentException(
                    event + ": unknown (expected: one of " + String.join(", ", new TreeSet<>(events.keySet())) + ")");
        }
        return found;
    }
}
