package ipn.app.output;

import ipn.app.diff.Change;
import ipn.app.diff.DiffReport;
import ipn.app.diff.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints what differs between two runs. */
public final class DiffTable {
    private DiffTable() {}

    /**
     * Prints sums and examples.
     *
     * @param limit of the examples of each kind
     */
    public static void print(DiffReport report, String first, String second, int limit, Terminal terminal) {
        terminal.show(sums(report, first, second));
        for (var kind : Kind.values()) {
            if (report.sum(kind).count() > 0) {
                terminal.print("");
                terminal.show(examples(report, kind, limit));
                if (report.sum(kind).count() > limit) {
                    terminal.print("... and %d more; --limit, --csv or --json shows them"
                            .formatted(report.sum(kind).count() - limit));
                }
            }
        }
        terminal.print("");
        terminal.print("%s; %d user(s) concerned; %d raw record(s) of %s to %s"
                .formatted(
                        report.isEmpty() ? "no difference" : "differences",
                        report.users(),
                        report.records(),
                        report.start(),
                        report.until()));
        printNotCompared(report, terminal);
    }

    private static void printNotCompared(DiffReport report, Terminal terminal) {
        var not = report.notCompared();
        if (not.paymentsBefore() + not.ordersBefore() + not.entitlementsBefore() > 0) {
            terminal.print(
                    "not compared, because their history begins before these raw records: %d payment(s), %d order(s), %d entitlement(s)"
                            .formatted(not.paymentsBefore(), not.ordersBefore(), not.entitlementsBefore()));
        }
        if (not.paymentsSince() + not.entitlementsSince() > 0) {
            terminal.print("not compared, because they have changed since: %d payment(s), %d entitlement(s)"
                    .formatted(not.paymentsSince(), not.entitlementsSince()));
        }
    }

    private static Table sums(DiffReport report, String first, String second) {
        var headings = List.of("only in " + first, "only in " + second, "different");
        var table = new Table("what", headings.get(0), headings.get(1), headings.get(2), "money").numbers(headings);
        for (var kind : Kind.values()) {
            var sum = report.sum(kind);
            table.row(kind.label(), sum.onlyFirst(), sum.onlySecond(), sum.different(), money(sum.money()));
        }
        return table;
    }

    private static Table examples(DiffReport report, Kind kind, int limit) {
        var table = new Table(kind.label(), "user", "difference", "money");
        var left = new AtomicInteger(limit);
        report.changes(kind, change -> {
            if (left.getAndDecrement() <= 0) {
                return false;
            }
            table.row(change.key(), change.user(), sideText(change), money(change.money()));
            return true;
        });
        return table;
    }

    private static String sideText(Change change) {
        return switch (change.side()) {
            case ONLY_FIRST -> "is gone; " + change.text();
            case ONLY_SECOND -> "is new; " + change.text();
            case DIFFERENT -> change.text();
        };
    }

    /** Prints all of it as JSON, as it reads it. */
    public static void printJson(DiffReport report, Terminal terminal) {
        try (var json = new JsonLines(terminal)) {
            json.field("start", report.start());
            json.field("until", report.until());
            json.field("rawRecords", report.records());
            json.field("users", report.users());
            json.field("notCompared", report.notCompared());
            json.field(
                    "sums", Arrays.stream(Kind.values()).collect(Collectors.toMap(Function.identity(), report::sum)));
            json.list("differences", elements -> {
                for (var kind : Kind.values()) {
                    report.changes(kind, elements::add);
                }
            });
        }
    }

    private static String money(Map<String, Long> sums) {
        return sums.entrySet().stream()
                .map(sum -> Amount.shown(sum.getValue(), sum.getKey()))
                .collect(Collectors.joining(", "));
    }
}
