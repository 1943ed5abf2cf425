package ipn.bench.alerts;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the times of alert rules shorter, so that a run needs less time. Limits in rules, such as an age of two minutes, stay.
 *
 * @param factor by which times are divided; 1: the rules are those that are deployed
 */
record Hurry(int factor) {
    private static final Pattern WAIT = Pattern.compile("(?m)^(\\s+for: )(\\d+)([smhdw])$");
    private static final Pattern RANGE = Pattern.compile("(\\[)(\\d+)([smhdw])(?=])");
    private static final Pattern OFFSET = Pattern.compile("(offset )(\\d+)([smhdw])\\b");

    Hurry {
        if (factor < 1) {
            throw new IllegalArgumentException("hurry: %d (expected: 1 or more)".formatted(factor));
        }
    }

    /**
     * The rules with shorter times: of {@code for}, of ranges and of offsets.
     *
     * @param yaml a file of rules
     */
    String rules(String yaml) {
        if (factor == 1) {
            return yaml;
        }
        UnaryOperator<String> all = text -> shorter(OFFSET, shorter(RANGE, shorter(WAIT, text)));
        return all.apply(yaml);
    }

    /** A shorter time. */
    Duration time(Duration deployed) {
        return deployed.dividedBy(factor);
    }

    private String shorter(Pattern times, String text) {
        return times.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement("%s%dms"
                        .formatted(
                                found.group(1),
                                time(duration(Long.parseLong(found.group(2)), found.group(3)))
                                        .toMillis())));
    }

    private static Duration duration(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(7 * number);
        };
    }
}
