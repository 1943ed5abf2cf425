package ipn.bench.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An alert that fires, or has fired.
 *
 * @param name as the rule has it
 * @param severity as the rule has it
 * @param labels all others, as text
 * @param began when it was first seen to fire
 * @param ended when it was first seen to be over; empty: it still fires
 */
record Firing(String name, String severity, String labels, Instant began, Optional<Instant> ended) {
    Firing endedAt(Instant time) {
        return new Firing(name, severity, labels, began, Optional.of(time));
    }

    boolean firesAt(Instant time) {
        return !began.isAfter(time) && ended.map(time::isBefore).orElse(true);
    }

    /** How long after a time it began. */
    Duration after(Instant time) {
        return Duration.between(time, began);
    }

    /** What is the same as long as it fires. */
    String key() {
        return name + labels;
    }
}
