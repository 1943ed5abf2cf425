package ipn.app.output;

import java.time.Duration;

/** Durations for people. */
public final class Age {
    private Age() {}

    /** A duration in its largest unit, cut off: {@code 3 d}, {@code 2 h}, {@code 5 min} or {@code 40 s}. */
    public static String text(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : Math.max(0, duration.toSeconds()) + " s";
    }
}
