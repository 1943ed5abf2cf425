package ipn.app.output;

import ipn.app.policy.PolicyDiffReport;
import ipn.app.policy.PolicyDiffReport.Kind;
import java.util.Locale;
import java.util.Map;
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
        if (!report.users().isEmpty()) {
            var table = new Table("change", "user", "entitlement", "before", "after", "why", "money");
            report.users().stream()
                    .limit(limit)
                    .forEach(each -> table.row(
                            lower(each.kind()),
                            each.user(),
                            each.scope().isEmpty() ? each.entitlement() : each.entitlement() + " " + each.scope(),
                            each.before(),
                            each.after(),
                            each.why(),
                            money(each.money())));
            terminal.show(table);
            more(report.users().size(), limit, terminal);
        }
        for (var kind : Kind.values()) {
            terminal.print("%d user(s) would %s%s"
                    .formatted(
                            report.count(kind),
                            switch (kind) {
                                case GAINS -> "gain access";
                                case LOSES -> "lose access";
                                case CHANGES -> "keep it with another end, product or status";
                            },
                            report.money(kind).isEmpty() ? "" : ", who paid " + money(report.money(kind))));
        }
        terminal.print("%d discrepancies would open, %d would close; %d payment(s) and %d order(s) examined"
                .formatted(report.opening().size(), report.closing().size(), report.payments(), report.orders()));
        terminal.print("digest: " + report.digest());
        if (report.replaced() > 0) {
            terminal.printErr(
                    "%d state(s) changed while they were read, and are not part of this preview (expected: repeat it)"
                            .formatted(report.replaced()));
        }
    }

    private static void more(int size, int limit, Terminal terminal) {
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
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
