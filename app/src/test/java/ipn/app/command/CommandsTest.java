package ipn.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {
    /** By command: it takes far longer to make a command line than to print its help. */
    private static final Map<List<String>, String> HELP = new ConcurrentHashMap<>();

    private final Console console = new Console(Map.of());

    @Test
    void an_unknown_command_is_answered_with_the_one_that_was_meant() {
        assertThat(console.run("dmo")).isEqualTo(2);
        assertThat(console.errors())
                .contains("dmo: unknown (expected: a command or options of 'ipn')")
                .contains("Did you mean: ipn demo");
    }

    @Test
    void an_unknown_option_is_named() {
        assertThat(console.run("ledger", "balance", "--acount", "unmatched")).isEqualTo(2);
        assertThat(console.errors()).contains("--acount unmatched: unknown (expected: arguments and options of");
    }

    @Test
    void an_argument_too_many_may_be_one_that_the_shell_split() {
        assertThat(console.run("discrepancy", "show", "UNKNOWN_ORDER/stripe/main/pi_1", "order", "o_1"))
                .isEqualTo(2);
        assertThat(console.errors())
                .contains("order o_1: unknown (expected: arguments and options of 'ipn discrepancy show';"
                        + " a value that contains a space in quotes, such as 'a b')");
    }

    @Test
    void a_number_that_is_none_is_answered_with_an_example() {
        assertThat(console.run("notifications", "u_42", "--last", "few")).isEqualTo(2);
        assertThat(console.errors()).contains("--last: few (expected: a whole number from 1 to 100000, such as 20)");
        assertThat(console.run("order", "put", "o_1", "--subject", "u_42", "--product", "premium", "--amount", "much"))
                .isEqualTo(2);
        assertThat(console.errors()).contains("--amount: much (expected: an amount such as 8.00)");
    }

    @Test
    void no_command_is_wrong_usage() {
        assertThat(console.run()).isEqualTo(2);
    }

    static Stream<List<String>> every_command() {
        return Stream.concat(Stream.of(List.of()), below(new Console(Map.of()).line()).stream());
    }

    @ParameterizedTest
    @MethodSource("every_command")
    void help_teaches_by_example(List<String> command) {
        var name = Stream.concat(Stream.of("ipn"), command.stream()).collect(Collectors.joining(" "));
        var examples = section(command, "Examples:").stream()
                .filter(line -> line.contains(name))
                .toList();
        assertThat(examples).hasSizeBetween(2, 5);
    }

    @ParameterizedTest
    @MethodSource("every_command")
    void help_lists_the_exit_codes(List<String> command) {
        var codes = section(command, "Exit codes:");
        assertThat(codes).anyMatch(line -> line.startsWith("  1 ")).anyMatch(line -> line.startsWith("  2 "));
    }

    @ParameterizedTest
    @MethodSource("every_command")
    void examples_fit_into_80_columns(List<String> command) {
        assertThat(section(command, "Examples:")).isNotEmpty().allMatch(line -> line.startsWith("  "));
    }

    /** The lines of the help below this heading. */
    private static List<String> section(List<String> command, String heading) {
        return HELP.computeIfAbsent(command, CommandsTest::help)
                .lines()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .toList();
    }

    private static String help(List<String> command) {
        var console = new Console(Map.of());
        var arguments = new ArrayList<>(command);
        arguments.add("--help");
        assertThat(console.run(arguments.toArray(String[]::new))).isZero();
        return console.output();
    }

    @ParameterizedTest
    @CsvSource({
        "--account, send reconcile order dlq import discrepancy find",
        "--reason, dlq",
        "--why, dlq brake reconcile discrepancy policy grant extend revoke transfer decision",
        "--by, dlq brake reconcile import discrepancy policy grant extend revoke transfer decision",
        "--at, explain"
    })
    void an_option_has_one_meaning_in_all_commands(String option, String groups) {
        var line = console.line();
        var offering = below(line).stream()
                .filter(command -> offers(line, command, option))
                .map(command -> command.get(0))
                .distinct()
                .toList();
        assertThat(offering).containsExactlyInAnyOrder(groups.split(" "));
    }

    private static boolean offers(CommandLine ipn, List<String> command, String option) {
        var line = ipn;
        for (var name : command) {
            line = line.getSubcommands().get(name);
        }
        return line.getCommandSpec().findOption(option) != null;
    }

    @Test
    void the_demo_refuses_a_settings_file_because_it_would_not_use_it(@TempDir Path folder) {
        assertThat(console.run("demo", "--config", "shop.yaml", "--data", folder.toString()))
                .isEqualTo(2);
        assertThat(console.run("--config", "shop.yaml", "demo", "--data", folder.toString()))
                .isEqualTo(2);
        assertThat(console.errors())
                .contains("--config: shop.yaml cannot be used", "./ipn up --config shop.yaml")
                .doesNotContain("starting");
    }

    @ParameterizedTest
    @CsvSource({"release", "discard"})
    void a_decision_about_the_brake_requires_a_reason_in_free_text(String decision) {
        assertThat(console.run("brake", decision)).isEqualTo(2);
        assertThat(console.run("brake", decision, "--why", " ")).isEqualTo(2);
        assertThat(console.errors()).contains("--why: missing (expected: a reason");
    }

    @Test
    void the_version_names_the_build_and_its_java() {
        assertThat(console.run("--version")).isZero();
        assertThat(console.output()).startsWith("ipn 0.").contains(" (commit ").contains("Java ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingress", "processor", "projector", "query"})
    void a_stage_without_settings_says_what_it_misses(String stage) {
        assertThat(console.run(stage, "--config", "nowhere.yaml")).isEqualTo(2);
        assertThat(console.errors()).contains("--config: nowhere.yaml does not exist (expected: a settings file");
    }

    @Test
    void everything_wrong_with_the_settings_is_said_at_once_and_nothing_starts(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("ipn.yaml"), "ingress: {port: 99999}\nprojector: {thraeds: 2}\n");
        assertThat(console.run("projector", "--config", file.toString())).isEqualTo(2);
        assertThat(console.errors()).contains("ingress.port: 99999 (expected: ").contains("projector.thraeds: unknown");
        assertThat(console.errors()).doesNotContain("Exception");
    }

    @Test
    void an_event_nobody_can_send_is_answered_with_those_that_can_be_sent() {
        assertThat(console.run("send", "stripe", "invoice.payed")).isEqualTo(2);
        assertThat(console.errors()).contains("EVENT: invoice.payed").contains("invoice.paid");
    }

    @Test
    void money_is_never_simulated_for_a_live_account(@TempDir Path folder) throws Exception {
        var live = "gateways: {paypal-ipn: {main: {mode: live, receiver: shop@example.com}}}";
        var file = Files.writeString(folder.resolve("ipn.yaml"), live);
        assertThat(console.run("send", "paypal-ipn", "web_accept", "--config", file.toString()))
                .isEqualTo(2);
        assertThat(console.errors()).contains("gateways.paypal-ipn.main.mode: not test");
    }

    @Test
    void an_ingress_that_does_not_run_is_reported() {
        assertThat(console.run("send", "stripe", "invoice.paid", "--config", "built-in", "--url", "http://127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(console.errors()).contains("http://127.0.0.1:1/ipn/stripe/main: no answer");
    }

    @Test
    void a_replay_of_nothing_in_particular_is_wrong_usage() {
        assertThat(console.run("dlq", "replay")).isEqualTo(2);
        assertThat(console.errors()).contains("no dead letters selected");
    }

    @Test
    void an_explanation_is_of_somebody_or_of_all_and_never_of_the_future() {
        assertThat(console.run("explain")).isEqualTo(2);
        assertThat(console.run("explain", "ada", "--all")).isEqualTo(2);
        assertThat(console.errors()).contains("expected: either a SUBJECT or --all");
        assertThat(console.run("explain", "ada", "--at", "yesterday")).isEqualTo(2);
        assertThat(console.errors()).contains("--at: yesterday (expected: a time such as");
        assertThat(console.run("explain", "ada", "--at", "2999-01-01T00:00:00Z"))
                .isEqualTo(2);
        assertThat(console.errors()).contains("is in the future");
        assertThat(console.run("explain", "--all", "--at", "2026-11-01T12:00:00Z"))
                .isEqualTo(2);
    }

    @Test
    void a_discard_takes_a_reason() {
        assertThat(console.run("dlq", "discard", "x")).isEqualTo(2);
        assertThat(console.errors()).contains("--why: missing");
    }

    @Test
    void a_stretch_of_days_that_ends_before_it_begins_is_wrong_usage() {
        assertThat(console.run("ledger", "balance", "--since", "2026-09-02", "--until", "2026-09-01"))
                .isEqualTo(2);
        assertThat(console.errors()).contains("--until: 2026-09-01 (expected: 2026-09-02");
        assertThat(console.run("ledger", "balance", "--since", "2026-9-1")).isEqualTo(2);
        assertThat(console.errors()).contains("--since: 2026-9-1 (expected: a day such as 2026-09-01)");
    }

    private static List<List<String>> below(CommandLine line) {
        var found = new ArrayList<List<String>>();
        line.getSubcommands().forEach((name, sub) -> {
            found.add(List.of(name));
            below(sub)
                    .forEach(below -> found.add(
                            Stream.concat(Stream.of(name), below.stream()).toList()));
        });
        return found;
    }
}
