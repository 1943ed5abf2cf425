package ipn.app.command.operate;

import ipn.app.output.Age;
import ipn.app.output.Amount;
import ipn.operations.deadletter.DeadLetterSummary;
import ipn.operations.deadletter.DeadLetterSummary.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Groups of open dead letters, as JSON and as lines for people.
 *
 * @param growing number of groups to which dead letters still arrive
 */
record TriageView(Instant at, long open, long growing, List<Line> groups) {
    /**
     * One group with what to do about it.
     *
     * @param gateways some of its gateways, sorted
     * @param oldest age of its first failure
     */
    record Line(Group group, List<String> gateways, Duration oldest, boolean growing, String runbook, String next) {}

    static TriageView of(DeadLetterSummary summary) {
        var groups = summary.groups().stream()
                .map(group -> line(group, summary.at()))
                .toList();
        return new TriageView(
                summary.at(),
                summary.open(),
                groups.stream().filter(Line::growing).count(),
                groups);
    }

    private static Line line(Group group, Instant now) {
        var advice = new TriageAdvice(group);
        var gateways = group.accounts().stream()
                .map(account -> account.split("/", 2)[0])
                .distinct()
                .toList();
        return new Line(
                group,
                gateways,
                Duration.between(group.firstFailedAt(), now),
                group.growing(),
                advice.runbook(),
                advice.next());
    }

    /** The largest group first, some lines each. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("%,d open dead letters, %d causes, %d still growing".formatted(open, groups.size(), growing));
        groups.forEach(line -> {
            lines.add("");
            lines.addAll(lines(line));
        });
        return lines;
    }

    private static List<String> lines(Line line) {
        var group = line.group();
        var cause = group.cause();
        var lines = new ArrayList<String>();
        lines.add("%,d  %s  %s  %s"
                .formatted(
                        group.count(),
                        cause.reason().isEmpty() ? "(no reason)" : cause.reason(),
                        cause.stage().isEmpty() ? "(no stage)" : cause.stage(),
                        trend(line)));
        lines.add("  why      " + (group.message().isEmpty() ? "not recorded" : group.message()));
        lines.add("  of       " + String.join(", ", group.accounts())
                + group.eventTypes().stream().collect(Collectors.joining(", ", "; ", "")));
        lines.add("  hits     " + hits(group));
        lines.add("  failed   first %s, last %s; the oldest %s ago"
                .formatted(group.firstFailedAt(), group.lastFailedAt(), Age.text(line.oldest())));
        lines.add("  cause    " + (cause.fingerprint().isEmpty() ? "no fingerprint" : cause.fingerprint()));
        lines.add("  runbook  " + line.runbook());
        lines.add("  next     " + line.next());
        return lines;
    }

    private static String trend(Line line) {
        return line.growing()
                ? "GROWING: %,d in the last %d minutes"
                        .formatted(line.group().recent(), DeadLetterSummary.RECENT.toMinutes())
                : "still";
    }

    private static String hits(Group group) {
        var hit = group.hit();
        var money = hit.money().entrySet().stream()
                .map(sum -> ", " + Amount.shown(sum.getValue(), sum.getKey()))
                .collect(Collectors.joining());
        var unread = hit.unread() == 0 ? "" : "; user and money of %,d are not known".formatted(hit.unread());
        return "%s%,d payments, %,d users%s%s"
                .formatted(hit.atLeast() ? "at least " : "", hit.payments(), hit.users(), money, unread);
    }
}
