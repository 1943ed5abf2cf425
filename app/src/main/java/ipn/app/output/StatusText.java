package ipn.app.output;

import ipn.app.status.AccountState;
import ipn.app.status.PipelineStatus;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The state of a pipeline as one screen of 80 columns. */
public final class StatusText {
    private static final List<String> STAGE_NUMBERS = List.of("per s", "waiting", "oldest", "p50", "p99");
    private static final List<String> ACCOUNT_NUMBERS = List.of("last", "per s", "accepted", "401", "503", "p99");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private StatusText() {}

    /** When it was read. */
    public static String heading(PipelineStatus status) {
        return TIME.format(status.at()) + " UTC";
    }

    /** A row for each stage. */
    public static Table stages(PipelineStatus status) {
        var table = new Table("stage", "state", "per s", "waiting", "oldest", "p50", "p99").numbers(STAGE_NUMBERS);
        status.stages()
                .forEach(stage -> table.row(
                        stage.stage(),
                        stage.state(),
                        rate(stage.perSecond()),
                        stage.waiting().map(count -> Long.toString(count)).orElse(""),
                        age(stage.oldestSeconds()),
                        latency(stage.p50Seconds()),
                        latency(stage.p99Seconds())));
        return table;
    }

    /**
     * A row for each account that had a request.
     *
     * @param all those without one too
     */
    public static Table accounts(PipelineStatus status, boolean all) {
        var table = new Table("account", "last", "per s", "accepted", "401", "503", "p99").numbers(ACCOUNT_NUMBERS);
        status.accounts().stream()
                .filter(account -> all || isUsed(account))
                .forEach(account -> table.row(
                        account.account(),
                        account.lastSeconds().isEmpty() ? "never" : age(account.lastSeconds()),
                        rate(account.perSecond()),
                        Long.toString(account.acknowledged()),
                        Long.toString(account.rejected()),
                        Long.toString(account.unavailable()),
                        latency(account.p99Seconds())));
        return table;
    }

    /** Whether an account had a request. */
    public static boolean isAnyUsed(PipelineStatus status) {
        return status.accounts().stream().anyMatch(StatusText::isUsed);
    }

    private static boolean isUsed(AccountState account) {
        return account.acknowledged() + account.rejected() + account.unavailable() > 0;
    }

    /**
     * What is left: dead letters, discrepancies, the brake, and what is wrong.
     *
     * @param width of the longest line, unless a single word is longer
     */
    public static List<String> remarks(PipelineStatus status, int width) {
        var lines = new ArrayList<String>();
        var unused =
                status.accounts().stream().filter(account -> !isUsed(account)).count();
        if (unused > 0) {
            lines.add("%d account(s) without a request since the start (ipn status --all)".formatted(unused));
        }
        var isOpenUnknown = !status.deadLetters().isEmpty() && !status.openKnown();
        lines.add("dead letters since the start: %s%s"
                .formatted(counts(status.deadLetters()), isOpenUnknown ? " (which are open: ipn dlq)" : ""));
        lines.add("discrepancies opened since the start and not closed: " + counts(status.discrepancies()));
        if (!status.drift().isEmpty()) {
            lines.add("new forms since the start: %s (ipn gateways drift)".formatted(counts(status.drift())));
        }
        lines.add("brake: %d revocation(s) withheld".formatted(status.withheld()));
        lines.add("");
        if (status.isWell()) {
            lines.add(isOpenUnknown ? "no other problem is known" : "all is well");
        } else {
            lines.add("%d problem(s)".formatted(status.problems().size()));
            for (var problem : status.problems()) {
                lines.add("  " + problem.what());
                lines.add("    first: %s (%s)".formatted(problem.first(), problem.runbook()));
            }
        }
        return lines.stream().flatMap(line -> wrapped(line, width)).toList();
    }

    /** The line, broken at blanks; its parts are indented two blanks more than its begin. */
    private static Stream<String> wrapped(String line, int width) {
        var parts = new ArrayList<String>();
        var indent = " ".repeat(line.length() - line.stripLeading().length() + 2);
        var left = line;
        while (left.length() > width) {
            var blank = left.lastIndexOf(' ', width);
            if (blank <= indent.length()) {
                break;
            }
            parts.add(left.substring(0, blank));
            left = indent + left.substring(blank + 1);
        }
        parts.add(left);
        return parts.stream();
    }

    private static String counts(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(count -> "%s %d".formatted(count.getKey(), count.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String rate(double perSecond) {
        if (perSecond > 0 && perSecond < 0.01) {
            return "<0.01";
        }
        if (perSecond > 0 && perSecond < 1) {
            return String.format(Locale.ROOT, "%.2f", perSecond);
        }
        return String.format(Locale.ROOT, perSecond >= 100 ? "%.0f" : "%.1f", perSecond);
    }

    private static String latency(Optional<Double> seconds) {
        return seconds.map(value -> {
                    if (value.isInfinite()) {
                        return "very long";
                    }
                    return value < 1 ? "%d ms".formatted(Math.round(value * 1_000)) : age(seconds);
                })
                .orElse("");
    }

    private static String age(Optional<Double> seconds) {
        return seconds.map(value -> Age.text(Duration.ofSeconds(value.longValue())))
                .orElse("");
    }
}
