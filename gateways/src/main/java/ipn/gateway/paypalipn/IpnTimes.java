package ipn.gateway.paypalipn;

import ipn.gateway.content.RefusedException;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** PayPal's dates: {@code 05:00:00 Sep 01, 2026 PDT}, always US Pacific, always English. */
final class IpnTimes {
    private static final Map<Long, String> MONTHS = Map.ofEntries(
            // spotless:off
            Map.entry(1L, "Jan"), Map.entry(2L, "Feb"), Map.entry(3L, "Mar"), Map.entry(4L, "Apr"),
            Map.entry(5L, "May"), Map.entry(6L, "Jun"), Map.entry(7L, "Jul"), Map.entry(8L, "Aug"),
            Map.entry(9L, "Sep"), Map.entry(10L, "Oct"), Map.entry(11L, "Nov"), Map.entry(12L, "Dec"));
            // spotless:on

    /** Month names of our own: those of the JDK change with its version and the locale. */
    private static final DateTimeFormatter PACIFIC = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("HH:mm:ss ")
            .appendText(ChronoField.MONTH_OF_YEAR, MONTHS)
            .appendPattern(" d, uuuu XXX")
            .toFormatter(Locale.US)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final ZoneId PAYPAL = ZoneId.of("America/Los_Angeles");
    private static final List<String> EVENT_TIMES = List.of("payment_date", "subscr_date", "case_creation_date");
    private static final Pattern PERIOD = Pattern.compile("([0-9]{1,3}) ?([DWMY])");

    private IpnTimes() {}

    /**
     * When the event happened; empty where the message does not say, as those of recurring payments profiles do not: their
     * {@code time_created} is when the profile was made.
     */
    static Optional<Instant> occurredAt(IpnMessage message, Instant receivedAt) {
        return EVENT_TIMES.stream()
                .filter(name -> message.text(name).isPresent())
                .findFirst()
                .or(() -> message.txnType().equals("recurring_payment_profile_created")
                        ? Optional.of("time_created")
                        : Optional.empty())
                .flatMap(name -> at(message, name).map(at -> new Times(receivedAt).occurred(at, name)));
    }

    /** A time that is planned; PayPal writes {@code N/A} where nothing is. */
    static Optional<Instant> at(IpnMessage message, String name) {
        return message.text(name).filter(text -> !text.equalsIgnoreCase("N/A")).map(text -> parse(name, text));
    }

    /** The end of a period such as {@code 1 M} or {@code 14 D} by PayPal's calendar. */
    static Optional<Instant> after(Instant start, String period) {
        var parts = PERIOD.matcher(period);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var unit = switch (parts.group(2)) {
            case "D" -> ChronoUnit.DAYS;
            case "W" -> ChronoUnit.WEEKS;
            case "M" -> ChronoUnit.MONTHS;
            default -> ChronoUnit.YEARS;
        };
        return Optional.of(
                start.atZone(PAYPAL).plus(Long.parseLong(parts.group(1)), unit).toInstant());
    }

    private static Instant parse(String name, String text) {
        // the letters say which of the two offsets holds, also in the hour that the autumn repeats
        var offset = text.replaceFirst("(?i) PDT$", " -07:00").replaceFirst("(?i) PST$", " -08:00");
        try {
            // years of four digits only, which any clock can hold
            return text.matches("[0-9]{4}-.*")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(offset, PACIFIC).toInstant();
        } catch (DateTimeException e) {
            throw new RefusedException(
                    Reason.INVALID_TIME, name + ": not a time (expected: HH:MM:SS Mon DD, YYYY PDT or PST)");
        }
    }
}
