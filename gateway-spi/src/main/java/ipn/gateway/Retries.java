package ipn.gateway;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long a gateway sends a notification again that was not acknowledged.
 *
 * @param live from the first attempt to the last one, of notifications in live mode
 * @param test the same in test mode
 * @param source who says so
 * @param consequence what else happens then, as the end of a sentence; empty: nothing that is known
 */
public record Retries(Duration live, Duration test, Source source, String consequence) {
    /** It depends on the sender, or nobody knows. */
    public static final Retries UNKNOWN = new Retries(Duration.ZERO, Duration.ZERO, Source.NOBODY, "");

    /** Who says so. */
    public enum Source {
        DOCUMENTED("documented by the gateway"),
        REPORTED("reported by third parties"),
        NOBODY("unknown");

        private final String text;

        Source(String text) {
            this.text = text;
        }
    }

    /** The same in both modes. */
    public static Retries of(Duration time, Source source) {
        return new Retries(time, time, source, "");
    }

    /** A copy that says what else happens. */
    public Retries then(String what) {
        return new Retries(live, test, source, what);
    }

    /** Of one account; empty: unknown. */
    public Optional<Duration> of(AccountId account) {
        return source == Source.NOBODY ? Optional.empty() : Optional.of(account.live() ? live : test);
    }

    /** A sentence for people. */
    public String text() {
        if (source == Source.NOBODY) {
            return "Gives up after: unknown, it depends on the sender.";
        }
        var inTest = test.equals(live) ? "" : " (in test mode %s)".formatted(text(test));
        var more = consequence.isEmpty() ? "" : "; " + consequence;
        return "Gives up after: %s%s, %s%s.".formatted(text(live), inTest, source.text, more);
    }

    private static String text(Duration time) {
        if (time.isZero()) {
            return "one attempt";
        }
        return time.toHours() >= 1 ? time.toHours() + " h" : time.toMinutes() + " min";
    }
}
