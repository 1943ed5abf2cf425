package ipn.decision;

import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came, as a person saw it who accepted it, compared with what came by now: money that grew is accepted too, and so is a time that is
 * earlier. Less money and a later time were not seen.
 */
public final class SeenMoney {
    /** Longer than any amount or time. */
    public static final int TEXT_MAX = 100;

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,40}(?:\\.\\d{1,40})?) (\\S+)( once more)?");
    private static final Pattern TIME = Pattern.compile("(?:a trial until )?(\\S+)");

    private SeenMoney() {}

    /** What of a discrepancy can be compared later; empty: only the same counts. */
    public static Optional<String> of(Discrepancy discrepancy) {
        return Optional.ofNullable(discrepancy.getActual())
                .filter(actual -> actual.length() <= TEXT_MAX)
                .filter(actual -> isAsGood(discrepancy.getKind(), actual, actual));
    }

    /**
     * Whether what came by now is at least as good for the merchant as what the person saw: as much money or more in the same currency, or
     * a time as early or earlier.
     */
    public static boolean isAsGood(DiscrepancyKind kind, String seen, String actual) {
        return switch (kind) {
            case UNDERPAID, OVERPAID, DUPLICATE_PAYMENT -> isAsMuch(AMOUNT.matcher(seen), AMOUNT.matcher(actual));
            case LATE, UNSOLD_TRIAL -> isAsEarly(time(seen), time(actual));
            default -> false;
        };
    }

    private static boolean isAsMuch(Matcher seen, Matcher actual) {
        return seen.matches()
                && actual.matches()
                && seen.group(2).equals(actual.group(2))
                && new BigDecimal(actual.group(1)).compareTo(new BigDecimal(seen.group(1))) >= 0;
    }

    private static boolean isAsEarly(Optional<Instant> seen, Optional<Instant> actual) {
        return seen.isPresent() && actual.filter(at -> !at.isAfter(seen.get())).isPresent();
    }

    private static Optional<Instant> time(String text) {
        var matcher = TIME.matcher(text);
        try {
            return matcher.matches() ? Optional.of(Instant.parse(matcher.group(1))) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
