package ipn.operations.deadletter;

import java.util.concurrent.TimeUnit;

/**
 * How much a redrive replays, and how fast.
 *
 * @param lettersMax it ends after so many
 * @param perSecond at most so many each second
 * @param attemptsMax a dead letter that failed so often or more is parked instead: it is no longer open, until somebody opens it again
 */
public record RedriveLimits(long lettersMax, long perSecond, int attemptsMax) {
    public static final RedriveLimits NONE = new RedriveLimits(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);

    public RedriveLimits {
        if (lettersMax < 1 || perSecond < 1 || attemptsMax < 1) {
            throw new IllegalArgumentException(
                    "limits: %d, %d, %d (expected: 1 or more each)".formatted(lettersMax, perSecond, attemptsMax));
        }
    }

    /** How many to write in one transaction: a slow redrive writes a few at a time, instead of many after a long pause. */
    int batchMax(int usual) {
        return (int) Math.min(usual, perSecond);
    }

    /** How long to wait before the next batch. */
    long pauseNanos(long replayed, long elapsedNanos) {
        if (perSecond == Long.MAX_VALUE) {
            return 0;
        }
        var due = (double) replayed / perSecond * TimeUnit.SECONDS.toNanos(1);
        return Math.max(0, (long) due - elapsedNanos);
    }
}
