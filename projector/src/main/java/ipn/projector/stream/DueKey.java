package ipn.projector.stream;

import java.time.Instant;

/** Keys of the store that is read in order of time: a time in milliseconds, padded to sort as text, and what is due then. */
final class DueKey {
    private static final int DIGITS = 15;
    private static final long LATEST = 999_999_999_999_999L;

    /** Before each key. */
    static final String FIRST = "";

    /** After each key. */
    static final String NEVER = "~";

    private DueKey() {}

    static String of(Instant at, String key) {
        return padded(at) + "/" + key;
    }

    /** Sorts after everything due at {@code at} or before. */
    static String upTo(Instant at) {
        return padded(at.plusMillis(1));
    }

    /** The time of a key, which sorts before the key and after those of earlier times. */
    static String time(String dueKey) {
        return dueKey.substring(0, DIGITS);
    }

    static String key(String dueKey) {
        return dueKey.substring(DIGITS + 1);
    }

    private static String padded(Instant at) {
        var millis = Long.toString(Math.min(LATEST, Math.max(0, at.toEpochMilli())));
        return "0".repeat(DIGITS - millis.length()) + millis;
    }
}
