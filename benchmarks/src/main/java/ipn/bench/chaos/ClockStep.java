package ipn.bench.chaos;

import java.time.Duration;
import java.util.Random;

/** How far a wall clock is set away. A broker refuses records that are more than an hour ahead of it ({@code message.timestamp.after.max.ms}). */
enum ClockStep {
    HOUR_AHEAD(Duration.ofHours(1)),
    HOUR_BEHIND(Duration.ofHours(-1)),
    MINUTES_AHEAD(Duration.ofMinutes(4)),
    MINUTES_BEHIND(Duration.ofMinutes(-4));

    private final Duration ahead;

    ClockStep(Duration ahead) {
        this.ahead = ahead;
    }

    /** By how much the clock is ahead then. */
    Duration ahead() {
        return ahead;
    }

    static ClockStep any(Random random) {
        return values()[random.nextInt(values().length)];
    }
}
