package ipn.app.command;

import static java.util.Map.entry;

import ipn.app.output.Printable;
import ipn.avro.DiscrepancyKind;
import ipn.operations.deadletter.Mentions;
import ipn.topics.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the values of options and arguments must be: one rule for each kind of value, found by the name of the option or by the label of its
 * value. All values of a command line are checked before the command runs, so that no command meets a value that it cannot use.
 */
final class ValueRules {
    private static final int ID_MAX = 500;
    /** Of a payment, an invoice, a product and an order together. */
    private static final int DISCREPANCY_ID_MAX = 6_000;

    private static final int NAME_MAX = 200;
    private static final int TEXT_MAX = 2_000;
    private static final int SHOWN_MAX = 60;
    private static final int COUNT_MAX = 100_000;
    private static final int PORT_MAX = 65_535;
    private static final Duration WAIT_MAX = Duration.ofDays(1);

    /**
     * A rule.
     *
     * @param expected what a value must be, with an example
     */
    record ValueRule(String expected, Predicate<String> holds) {}

    private static final ValueRule NAME = text(NAME_MAX, "a name");
    private static final ValueRule APPLICATION_ID = matching(
            "[A-Za-z0-9._-]{1,200}",
            "letters, digits, dots, dashes and underscores, at most 200, such as ipn-projector");

    private static final ValueRule SHADOW = matching(
            "[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,98}[._-]",
            "the beginning of the names of topics, 2 to 100 letters, digits and . _ -, the last one of . _ -, such as shadow.");

    /** Rules of single options; with a label, of the option whose value has this label. */
    private static final Map<String, ValueRule> BY_NAME = Map.ofEntries(
            entry("--limit", number(1, COUNT_MAX, "20")),
            entry("--rate", number(1, COUNT_MAX, "50")),
            entry("--max-attempts", number(1, COUNT_MAX, "5")),
            entry("--attempts", number(1, COUNT_MAX, "3")),
            entry("--last", number(1, COUNT_MAX, "20")),
            entry("--history", number(0, COUNT_MAX, "20")),
            entry("--redeliver", number(0, 10_000, "3")),
            entry("--to-prefix", SHADOW),
            entry("--seed", number(Long.MIN_VALUE, Long.MAX_VALUE, "42")),
            entry("--processor-id", APPLICATION_ID),
            entry("--projector-id", APPLICATION_ID),
            entry("--gateway", matching("[a-z0-9-]{1,100}", "the name of a gateway, such as stripe")),
            entry("--account NAME", matching("[A-Za-z0-9._-]{1,200}", "the name of an account, such as main")),
            entry("--pay-by", new ValueRule(TimeOption.DEADLINE, TimeOption::isDeadline)),
            entry("--currency", new ValueRule("an ISO 4217 code, such as USD", ValueRules::isCurrency)),
            entry(
                    "--reason",
                    new ValueRule(
                            "one of "
                                    + Arrays.stream(Reason.values())
                                            .map(Enum::name)
                                            .collect(Collectors.joining(", ")),
                            code -> Arrays.stream(Reason.values())
                                    .anyMatch(reason -> reason.name().equals(code)))));

    private static final Map<String, ValueRule> BY_LABEL = Map.ofEntries(
            entry("PORT", number(0, PORT_MAX, "8080")),
            entry("DEADLINE", new ValueRule(TimeOption.DEADLINE, TimeOption::isDeadline)),
            entry("PERIOD", new ValueRule("days, months or years such as P30D or P1M", ValueRules::isPeriod)),
            entry("AGE", new ValueRule("a duration such as P7D or PT12H", ValueRules::isAge)),
            entry("STATE", oneOf(List.of("open", "closed", "all"))),
            entry("DECIMAL", matching("[0-9]{1,15}(\\.[0-9]{1,4})?", "an amount such as 8.00")),
            entry("TIME", new ValueRule(TimeOption.TIME, TimeOption::isTime)),
            entry("WHEN", new ValueRule(TimeOption.WHEN, TimeOption::isWhen)),
            entry("DAY", new ValueRule(TimeOption.DAY, TimeOption::isDay)),
            entry("DURATION", new ValueRule("a duration above zero, up to P1D, such as PT30S", ValueRules::isWait)),
            entry("URL", new ValueRule("a URL such as http://127.0.0.1:8080", ValueRules::isUrl)),
            entry("FILE", new ValueRule("the path of a file", ValueRules::isPath)),
            entry("SETTINGS", new ValueRule("the path of a settings file", ValueRules::isPath)),
            entry("DIR", new ValueRule("a folder, or the path of one that does not exist yet", ValueRules::isFolder)),
            entry(
                    "ACCOUNT",
                    matching(
                            "[a-z0-9-]{1,100}(/[A-Za-z0-9._-]{1,200})?",
                            "gateway/account or a gateway, such as stripe/main or stripe")),
            entry(
                    "GATEWAY/ACCOUNT",
                    matching("[a-z0-9-]{1,100}/[A-Za-z0-9._-]{1,200}", "gateway/account, such as stripe/main")),
            entry(
                    "ROLE=PRINCIPAL",
                    matching("[^=\\p{Cntrl}]+=[^\\p{Cntrl}]+", "role and principal, such as ingress=User:CN=ingress")),
            entry("ID", text(ID_MAX, "an id")),
            entry(
                    "DISCREPANCY",
                    text(DISCREPANCY_ID_MAX, "the id of a discrepancy, such as UNDERPAID/stripe/main/pi_3Nabc")),
            entry("DECISION", text(ID_MAX, "the id of a decision")),
            entry("KEY", text(ID_MAX, "gateway/account/id, such as stripe/main/pi_3Nabc")),
            entry("SUBJECT", text(ID_MAX, "the id of a user, such as u_42")),
            entry("NAME", NAME),
            entry("VERSION", text(ID_MAX, "the name of a version, such as 3f2a90c1d4e5")),
            entry("ENTITLEMENT", NAME),
            entry("GATEWAY", NAME),
            entry("EVENT", NAME),
            entry(
                    "PART",
                    new ValueRule(
                            "an id or a part of one, of %d to %d characters without control characters"
                                    .formatted(Mentions.LENGTH_MIN, ID_MAX),
                            part -> part.length() >= Mentions.LENGTH_MIN
                                    && text(ID_MAX, "").holds().test(part))),
            entry("LIVE", matching("[a-zA-Z0-9._-]{0,100}", "the beginning of the names of topics, such as ipn.")),
            entry("SHADOW", SHADOW),
            entry("PREFIX", text(ID_MAX, "the beginning of a ledger account, such as clearing/stripe")),
            entry(
                    "TEXT",
                    new ValueRule(
                            "text of at most %d characters".formatted(TEXT_MAX), text -> text.length() <= TEXT_MAX)));

    /** Loaded when the value of such an option is checked: an Avro enum creates a logger, and with it the log file of {@code up}. */
    private static final class Kinds {
        static final ValueRule RULE = oneOf(Arrays.stream(DiscrepancyKind.values())
                .filter(kind -> kind != DiscrepancyKind.UNKNOWN)
                .map(Enum::name)
                .sorted()
                .toList());
    }

    private ValueRules() {}

    private static ValueRule oneOf(List<String> values) {
        return new ValueRule("one of " + String.join(", ", values), values::contains);
    }

    private static boolean isPeriod(String text) {
        try {
            var period = Period.parse(text);
            return !period.isNegative()
                    && !period.isZero()
                    && period.toTotalMonths() < 1_200
                    && period.getDays() < 36_500;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isAge(String text) {
        try {
            return !Duration.parse(text).isNegative();
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Every wrong value of a command line, as a message. */
    static List<String> problems(ParseResult parsed) {
        return parsed.matchedArgs().stream()
                .flatMap(arg -> rule(arg).stream()
                        .flatMap(rule -> arg.originalStringValues().stream()
                                .filter(value -> !rule.holds().test(value))
                                .map(value -> message(arg, value))))
                .toList();
    }

    /** The rule of an option or argument; empty for a flag, and for one whose type has its own rule, such as one of several names. */
    static Optional<ValueRule> rule(ArgSpec arg) {
        var label = arg.paramLabel();
        return Stream.of(name(arg) + " " + label, name(arg))
                .map(BY_NAME::get)
                .filter(rule -> rule != null)
                .findFirst()
                .or(() -> label.equals("KIND") ? Optional.of(Kinds.RULE) : Optional.ofNullable(BY_LABEL.get(label)));
    }

    /** What is wrong with a value, and what was expected. */
    static String message(ArgSpec arg, String value) {
        return "%s: %s (expected: %s)".formatted(name(arg), shown(value), expected(arg));
    }

    /** The message about a value that is missing. */
    static String missing(ArgSpec arg) {
        return "%s: missing (expected: %s)".formatted(name(arg), expected(arg));
    }

    /** The name by which people know an option or argument. */
    static String name(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    }

    private static String expected(ArgSpec arg) {
        return rule(arg).map(ValueRule::expected).orElseGet(() -> constants(arg));
    }

    private static String constants(ArgSpec arg) {
        var types = arg.auxiliaryTypes();
        var constants = types.length == 0 ? null : types[0].getEnumConstants();
        return constants == null
                ? "a value, see --help"
                : Arrays.stream(constants)
                        .map(each -> String.valueOf(each).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ", "one of ", ""));
    }

    private static String shown(String value) {
        if (value.isEmpty()) {
            return "empty";
        }
        var shown = Printable.line(value);
        return shown.length() <= SHOWN_MAX
                ? shown
                : "%s... (%d characters)".formatted(shown.substring(0, SHOWN_MAX), value.length());
    }

    private static ValueRule number(long min, long max, String example) {
        var range = min == Long.MIN_VALUE ? "" : " from %d to %d".formatted(min, max);
        return new ValueRule("a whole number%s, such as %s".formatted(range, example), text -> {
            try {
                var number = Long.parseLong(text);
                return number >= min && number <= max;
            } catch (NumberFormatException e) {
                return false;
            }
        });
    }

    private static ValueRule matching(String pattern, String expected) {
        return new ValueRule(expected, text -> text.matches(pattern));
    }

    private static ValueRule text(int max, String what) {
        return new ValueRule(
                "%s, of 1 to %d characters without control characters".formatted(what, max),
                text -> !text.isBlank()
                        && text.length() <= max
                        && Printable.line(text).equals(text));
    }

    private static boolean isWait(String text) {
        try {
            var duration = Duration.parse(text);
            return !duration.isNegative() && !duration.isZero() && duration.compareTo(WAIT_MAX) <= 0;
        } catch (DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    private static boolean isCurrency(String code) {
        try {
            return Currency.getInstance(code.toUpperCase(Locale.ROOT)) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isUrl(String text) {
        try {
            var url = new URI(text);
            return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getPort() <= PORT_MAX
                    && url.getPort() != 0;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isPath(String text) {
        return !text.isBlank() && path(text).isPresent();
    }

    private static boolean isFolder(String text) {
        return !text.isBlank()
                && path(text)
                        .filter(path -> !Files.exists(path) || Files.isDirectory(path))
                        .isPresent();
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
