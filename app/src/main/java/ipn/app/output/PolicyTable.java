package ipn.app.output;

import ipn.app.policy.PolicyDiffReport;
import ipn.app.policy.PolicyDiffReport.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Prints what changed settings would change. */
public final class PolicyTable {
    private PolicyTable() {}

    /**
     * Prints users and sums.
     *
     * @param limit of users and discrepancies
     */
    public static void print(PolicyDiffReport report, int limit, Terminal terminal) {
        if (report.users() > 0) {
            terminal.show(table(report, limit));
            more(report.users(), limit, terminal);
        }
        var examined = report.examined();
        for (var kind : Kind.values()) {
            terminal.print("%d user(s) %s%s"
                    .formatted(
                            report.count(kind),
                            switch (kind) {
                                case GAINS -> "would gain access";
                                case LOSES -> "would lose access";
                                case CHANGES -> "would keep it with another end, product or status";
                                case WITHOUT_ACCESS ->
                                    "without access would have none with another end, product or status";
                            },
                            report.money(kind).isEmpty() ? "" : ", who paid " + money(report.money(kind))));
        }
        terminal.print("%d discrepancies would open, %d would close; %d payment(s) and %d order(s) examined"
                .formatted(report.opening(), report.closing(), examined.payments(), examined.orders()));
        terminal.print("digest: " + report.digest());
        if (examined.replaced() > 0) {
            terminal.printErr(
                    "%d state(s) changed while they were read, and are not part of this preview (expected: repeat it)"
                            .formatted(examined.replaced()));
        }
    }

    private static Table table(PolicyDiffReport report, int limit) {
        var table = new Table("change", "user", "entitlement", "before", "after", "why", "money");
        var left = new AtomicInteger(limit);
        report.users(each -> {
            if (left.getAndDecrement() <= 0) {
                return false;
            }
            table.row(
                    lower(each.kind()),
                    each.user(),
                    each.scope().isEmpty() ? each.entitlement() : each.entitlement() + " " + each.scope(),
                    each.before(),
                    each.after(),
                    each.why(),
                    money(each.money()));
            return true;
        });
        return table;
    }

    /** Prints all of it as JSON, as it reads it. */
    public static void printJson(PolicyDiffReport report, Terminal terminal) {
        var examined = report.examined();
        try (var json = new JsonLines(terminal)) {
            json.field("version", examined.version());
            json.field("since", examined.since());
            json.field("payments", examined.payments());
            json.field("orders", examined.orders());
            json.list("users", element -> report.users(each -> element.add(each)));
            json.list("opening", element -> report.opening(each -> element.add(each)));
            json.list("closing", element -> report.closing(each -> element.add(each)));
            json.field("replaced", examined.replaced());
        }
    }

    private static void more(long size, int limit, Terminal terminal) {
        if (size > limit) {
            terminal.print("... and %d more; --limit, --csv or --json shows them".formatted(size - limit));
        }
    }

    private static String money(Map<String, Long> sums) {
        return sums.entrySet().stream()
                .map(sum -> Amount.shown(sum.getValue(), sum.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String lower(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
