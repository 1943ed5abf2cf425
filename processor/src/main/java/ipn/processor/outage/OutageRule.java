package ipn.processor.outage;

import java.time.Duration;

/**
 * When failures of one cause are an outage: a bad release, or a format that the gateway has changed.
 *
 * @param percent it begins when one cause has at least this share of the records of an account within the window; it ends below half of that
 * @param minimum fewer failures of one cause are never an outage
 */
public record OutageRule(int percent, Duration window, int minimum) {
    public OutageRule {
        if (percent < 1 || percent > 100 || minimum < 1 || window.toMillis() < FailureWindow.SLOTS) {
            throw new IllegalArgumentException("outage: %d %%, %s, %d (expected: 1 to 100, a window, 1 or more)"
                    .formatted(percent, window, minimum));
        }
    }

    boolean begins(long failed, long total) {
        return failed >= minimum && failed * 100 >= total * percent;
    }

    boolean continues(long failed, long total) {
        return failed > 0 && failed * 200 >= total * percent;
    }
}
