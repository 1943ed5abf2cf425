package ipn.app.output;

import ipn.avro.BrakeStatus;
import ipn.operations.brake.BrakeReport;
import ipn.operations.brake.Withheld;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints the status of the brake on revocations as a table. */
public final class BrakeTable {
    private static final List<String> NUMBERS =
            List.of("partition", "withheld", "emitted in window", "active entitlements", "released", "discarded");

    private BrakeTable() {}

    /** A row for each partition, then the total. */
    public static Table of(BrakeReport report) {
        var table = new Table(
                        "partition",
                        "brake",
                        "since",
                        "withheld",
                        "emitted in window",
                        "active entitlements",
                        "released",
                        "discarded",
                        "last command")
                .numbers(NUMBERS);
        report.partitions().forEach(status -> row(table, status));
        var total = report.total();
        return table.row(
                "total",
                report.engaged() ? "ENGAGED" : "not engaged",
                "",
                Long.toString(total.withheld()),
                Long.toString(total.inWindow()),
                Long.toString(total.active()),
                Long.toString(total.released()),
                Long.toString(total.discarded()),
                "");
    }

    /** A row for each group of what is withheld. */
    public static Table of(Withheld withheld) {
        var table = new Table(
                        "account",
                        "reason",
                        "entitlement",
                        "revocations",
                        "users",
                        "oldest since",
                        "its user",
                        "its payment")
                .numbers(List.of("revocations", "users"));
        withheld.groups()
                .forEach(group -> table.row(
                        group.account(),
                        group.reason().toString(),
                        group.entitlement(),
                        Long.toString(group.revocations()),
                        Long.toString(group.users()),
                        group.oldest().toString(),
                        group.exampleUser(),
                        group.examplePayment()));
        return table;
    }

    /** Why the brake is engaged, and how many partitions have not reported a status. */
    public static List<String> remarks(BrakeReport report) {
        var why = report.partitions().stream()
                .filter(BrakeStatus::getEngaged)
                .map(status -> "partition %d: %s".formatted(status.getPartition(), status.getWhy()));
        var missing = report.silent() == 0
                ? Stream.<String>of()
                : Stream.of(
                        "%d partition(s): no brake status (expected: one from every partition that the projector has processed)"
                                .formatted(report.silent()));
        return Stream.concat(why, missing).toList();
    }

    private static void row(Table table, BrakeStatus status) {
        table.row(
                Integer.toString(status.getPartition()),
                status.getEngaged() ? "ENGAGED" : "not engaged",
                shown(status.getSince()),
                Long.toString(status.getWithheld()),
                Long.toString(status.getInWindow()),
                Long.toString(status.getActive()),
                Long.toString(status.getReleased()),
                Long.toString(status.getDiscarded()),
                command(status));
    }

    private static String command(BrakeStatus status) {
        var command = status.getLastCommand();
        return command == null
                ? ""
                : "%s by %s: %s".formatted(command.getAction(), command.getBy(), command.getReason());
    }

    private static String shown(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
