package ipn.query.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the value of a parameter must be, and which type it has in SQL. */
enum Kind {
    // spotless:off
    TEXT     ("text",        "1 to 500 characters without control characters", text -> text.length() <= 500 && !text.isEmpty() && text.chars().noneMatch(Character::isISOControl)),
    LONG_TEXT("text",        "1 to 6000 characters without control characters", text -> text.length() <= 6_000 && !text.isEmpty() && text.chars().noneMatch(Character::isISOControl)),
    CODE     ("text",        "a code in capitals, such as COMPLETED",           matching("[A-Z_]{1,40}")),
    NAME     ("text",        "a name, such as stripe or main",                  matching("[A-Za-z0-9._-]{1,200}")),
    CURRENCY ("text",        "an ISO 4217 code, such as USD",                   matching("[A-Z]{3}")),
    AMOUNT   ("bigint",      "minor units, such as 800",                        matching("[0-9]{1,15}")),
    MONEY    ("text",        "an amount above zero in minor units, and a currency, such as 800 USD", matching("[1-9][0-9]{0,14} [A-Z]{3}")),
    COUNT    ("int",         "a whole number, such as 3",                       matching("[0-9]{1,6}")),
    HASH     ("text",        "a SHA-256 in 64 hexadecimal digits of lower case, of the address in lower case", matching("[0-9a-f]{64}")),
    ACCOUNT  ("text",        "a gateway or gateway/account, such as stripe/main", matching("[a-z0-9-]{1,100}(/[A-Za-z0-9._-]{1,200})?")),
    FLAG     ("bool",        "true or false",                                   matching("true|false")),
    TIME     ("timestamptz", "an instant, such as 2026-11-01T00:00:00Z",        Kind::isTime),
    LIMIT    ("int",         "1 to 200",                                        matching("[1-9][0-9]?|1[0-9][0-9]|200")),
    CURSOR   ("text",        "the next of an answer to the same question",      text -> text.length() <= 2_000);
    // spotless:on

    private final String sqlType;
    private final String expected;
    private final Predicate<String> rule;

    Kind(String sqlType, String expected, Predicate<String> rule) {
        this.sqlType = sqlType;
        this.expected = expected;
        this.rule = rule;
    }

    String sqlType() {
        return sqlType;
    }

    String expected() {
        return expected;
    }

    boolean accepts(String text) {
        return rule.test(text);
    }

    private static Predicate<String> matching(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    private static boolean isTime(String text) {
        try {
            return text.matches("[0-9]{4}-.{1,40}") && !Instant.parse(text).isBefore(Instant.EPOCH);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
