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

/** Parses PayPal's dates: {@code 05:00:00 Sep 01, 2026 PDT}, always US Pacific time, always English. */
final class IpnTimes {
    private static final Map<Long, String> MONTHS = Map.ofEntries(
            // spotless:off
            Map.entry(1L, "Jan"), Map.entry(2L, "Feb"), Map.entry(3L, "Mar"), Map.entry(4L, "Apr"),
            Map.entry(5L, "May"), Map.entry(6L, "Jun"), Map.entry(7L, "Jul"), Map.entry(8L, "Aug"),
            Map.entry(9L, "Sep"), Map.entry(10L, "Oct"), Map.entry(11L, "Nov"), Map.entry(12L, "Dec"));
            // spotless:on

    /** Fixed month names: those of the JDK change with its version and the locale. */
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
     * The time of the event; empty where the message contains none. Messages of recurring payments profiles contain
     * none: their {@code time_created} is the time when the profile was created.
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

    /** A time that may be in the future; empty where PayPal writes {@code N/A}. */
    static Optional<Instant> at(IpnMessage message, String name) {
        return message.text(name).filter(text -> !text.equalsIgnoreCase("N/A")).map(text -> parse(name, text));
    }

    /** The end of a period such as {@code 1 M} or {@code 14 D}, computed in PayPal's time zone. */
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
        // PDT or PST determines the offset, also in the repeated hour when daylight saving time ends
        var offset = text.replaceFirst("(?i) PDT$", " -07:00").replaceFirst("(?i) PST$", " -08:00");
        try {
            // years of four digits only: larger ones could overflow
            return text.matches("[0-9]{4}-.*")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(offset, PACIFIC).toInstant();
        } catch (DateTimeException e) {
            throw new RefusedException(
                    Reason.INVALID_TIME, name + ": not a time (expected: HH:MM:SS Mon DD, YYYY PDT or PST)");
        }
    }
}
