package ipn.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ipn.app.command.EveryCommand.Leaf;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

/** Each option and argument of each command, from the model of the command line, with values that it cannot use. */
class OptionValuesTest {
    private static final String LONG = "x".repeat(3_000);
    private static final List<String> NO_NUMBERS =
            List.of("", "abc", "-1", "1.5", "99999999999999999999", "0x10", "1 2");
    private static final List<String> NO_TIMES = List.of(
            "",
            "yesterday",
            "7d",
            "2026-13-01",
            "2026-9-1",
            "2026-09-01T25:00:00Z",
            "-1",
            "+1000000000-12-31T23:59:59Z");

    /** Values that are wrong, by the name of an option with the label of its value, or by the label. */
    private static final Map<String, List<String>> WRONG = Map.ofEntries(
            Map.entry("--limit N", plus(NO_NUMBERS, "0", "100001")),
            Map.entry("--rate N", plus(NO_NUMBERS, "0", "100001")),
            Map.entry("--max-attempts N", plus(NO_NUMBERS, "0", "100001")),
            Map.entry("--attempts N", plus(NO_NUMBERS, "0", "100001")),
            Map.entry("--last N", plus(NO_NUMBERS, "0", "100001")),
            Map.entry("--history N", plus(NO_NUMBERS, "100001")),
            Map.entry("--redeliver N", plus(NO_NUMBERS, "10001")),
            Map.entry("--seed N", List.of("", "abc", "1.5", "99999999999999999999")),
            Map.entry("--processor-id ID", List.of("", " ", "a b", "a/b", LONG)),
            Map.entry("--projector-id ID", List.of("", " ", "a b", "a/b", LONG)),
            Map.entry(
                    "--pay-by TIME",
                    plus(NO_TIMES, "P99999D", "-PT5M", "PT0S", "PT99999999999999999999H", "1969-01-01T00:00:00Z")),
            Map.entry("--currency CODE", List.of("", "$", "US", "XYZW", "QQQ", LONG)),
            Map.entry("--reason CODE", List.of("", "malformed", "BECAUSE", LONG)),
            Map.entry("--account NAME", List.of("", "a b", "a/b", "../x", LONG)),
            Map.entry("--gateway NAME", List.of("", "Stripe!", "a/b", LONG)),
            Map.entry("N", NO_NUMBERS),
            Map.entry("PORT", plus(NO_NUMBERS, "65536", "70000")),
            Map.entry("DECIMAL", List.of("", "abc", "-1", "1e3", "1E+999999999", "NaN", "1,5", "9".repeat(30))),
            Map.entry("TIME", plus(NO_TIMES, "P7D", "1969-12-31T23:59:59Z")),
            Map.entry("WHEN", plus(NO_TIMES, "P1M", "P7", "1969-12-31", "P99999999999999999999D")),
            Map.entry("DAY", plus(NO_TIMES, "P7D", "2026-09-01T00:00:00Z", "1969-12-31")),
            Map.entry("DURATION", List.of("", "30", "30s", "PT0S", "-PT5S", "PT25H", "P99999999999D", "soon")),
            Map.entry(
                    "URL",
                    List.of(
                            "",
                            "abc",
                            "127.0.0.1:8080",
                            "ftp://x",
                            "http://",
                            "http://x:70000",
                            "http://a b",
                            "http://x:0")),
            Map.entry("FILE", List.of("", " ", "a\0b")),
            Map.entry("SETTINGS", List.of("", " ", "a\0b")),
            Map.entry("DIR", List.of("", "a\0b", "pom.xml")),
            Map.entry("ACCOUNT", List.of("", "/", "stripe/", "a/b/c", "a b", LONG)),
            Map.entry("GATEWAY/ACCOUNT", List.of("", "stripe", "stripe/", "a/b/c", LONG)),
            Map.entry("ROLE=PRINCIPAL", List.of("", "ingress", "=x", "ingress=")),
            Map.entry("ID", List.of("", " ", "a\u001b[2Jb", LONG)),
            Map.entry("DECISION", List.of("", " ", "a\nb", LONG)),
            Map.entry("DISCREPANCY", List.of("", " ", "a\nb")),
            Map.entry("DEADLINE", List.of("", "tomorrow", "P", "2026-09-01")),
            Map.entry("PERIOD", List.of("", "30", "PT1H", "P0D", "-P1D", "P1000Y")),
            Map.entry("AGE", List.of("", "7d", "-P1D", "P")),
            Map.entry("KIND", List.of("", "underpaid", "UNKNOWN", "1")),
            Map.entry("STATE", List.of("", "OPEN", "opened")),
            Map.entry("KEY", List.of("", " ", "a\u202eb", LONG)),
            Map.entry("SUBJECT", List.of("", " ", "a\nb", LONG)),
            Map.entry("NAME", List.of("", " ", "a\u001bb", LONG)),
            Map.entry("VERSION", List.of("", " ", "a\nb", LONG)),
            Map.entry("ENTITLEMENT", List.of("", " ", LONG)),
            Map.entry("GATEWAY", List.of("", " ", LONG)),
            Map.entry("EVENT", List.of("", " ", LONG)),
            Map.entry("PART", List.of("", "   ", "ab", "abc\u001b", "abc\u202ed", LONG)),
            Map.entry("--to-prefix PREFIX", List.of("", ".", "shadow", "a b.", "a/b.", LONG)),
            Map.entry("LIVE", List.of(" ", "a b", "a/b", LONG)),
            Map.entry("SHADOW", List.of("", ".", "shadow", "a b.", LONG)),
            Map.entry("PREFIX", List.of("", " ", LONG)),
            Map.entry("TEXT", List.of(LONG)),
            Map.entry("STAGE", List.of("", "abc", "ingress,abc", "1")),
            Map.entry("WHAT", List.of("", "abc", "day,abc", "1")),
            Map.entry("MODE", List.of("", "abc", "1")),
            Map.entry("FORMAT", List.of("", "abc", "1")));

    /** One for all values: it takes far longer to make a command line than to execute one. */
    private static final Console CONSOLE = new Console(Map.of());

    private static final CommandLine LINE = CONSOLE.line().setExecutionStrategy(OptionValuesTest::accept);

    private static List<String> plus(List<String> values, String... more) {
        return Stream.concat(values.stream(), Stream.of(more)).toList();
    }

    static Stream<Arguments> every_value() {
        return EveryCommand.leaves(LINE).flatMap(leaf -> leaf.valued().stream().map(arg -> arguments(leaf, arg)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("every_value")
    void a_wrong_value_is_wrong_usage_and_the_message_has_the_value_and_what_was_expected(Leaf leaf, ArgSpec arg) {
        var name = ValueRules.name(arg);
        var wrong = WRONG.getOrDefault(name + " " + arg.paramLabel(), WRONG.get(arg.paramLabel()));
        assertThat(wrong)
                .as("%s %s: add a rule for its values to ValueRules, and wrong values here", name, arg.paramLabel())
                .isNotEmpty();
        for (var value : wrong) {
            CONSOLE.clear();
            var exit = LINE.execute(leaf.with(arg, value));
            assertThat(exit).as("%s: '%s': %s", name, value, CONSOLE.errors()).isEqualTo(2);
            if (arg.isOption() || !value.startsWith("-")) {
                assertThat(CONSOLE.errors())
                        .as("'%s'", value)
                        .contains("ipn: " + name + ": ")
                        .contains(" (expected: ")
                        .doesNotContain("Exception", "\tat ", "\u001b", "\u202e", "java.");
            }
        }
    }

    /** Checks the values and does not run the command. */
    private static int accept(ParseResult parsed) {
        Commands.check(parsed);
        return 0;
    }

    @Test
    void every_wrong_value_is_reported_at_once() {
        var console = new Console(Map.of());
        assertThat(console.run("dlq", "list", "--limit", "0", "--since", "7d", "--reason", "WHY"))
                .isEqualTo(2);
        assertThat(console.errors())
                .contains("--limit: 0 (expected: a whole number from 1 to 100000, such as 20)")
                .contains("--since: 7d (expected: a time such as")
                .contains("--reason: WHY (expected: one of MALFORMED, ");
    }

    @ParameterizedTest
    @MethodSource("every_command")
    void a_right_command_line_has_no_wrong_value(Leaf leaf) {
        CONSOLE.clear();
        assertThat(LINE.execute(leaf.right())).as(CONSOLE.errors()).isZero();
    }

    static Stream<Leaf> every_command() {
        return EveryCommand.leaves(LINE);
    }
}
