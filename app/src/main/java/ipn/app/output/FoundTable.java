package ipn.app.output;

import ipn.operations.find.Found;
import ipn.operations.find.Hit;
import java.util.Locale;

/** What was found, as a table, with the next command for each. */
public final class FoundTable {
    private FoundTable() {}

    public static Table of(Found found) {
        var table = new Table("found", "id", "about", "user", "amount", "status", "time", "matched by", "next");
        found.hits()
                .forEach(hit -> table.row(
                        hit.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        hit.id(),
                        hit.about(),
                        hit.user().orElse(""),
                        DiscrepancyTable.money(hit.money()),
                        status(hit),
                        hit.at() == null ? "" : hit.at(),
                        hit.matched(),
                        next(hit)));
        return table;
    }

    private static String status(Hit hit) {
        return hit.discrepancies().isEmpty()
                ? hit.status()
                : "%s, open: %s"
                        .formatted(
                                hit.status(),
                                String.join(
                                        ", ",
                                        hit.discrepancies().stream()
                                                .map(id -> id.split("/", 2)[0])
                                                .distinct()
                                                .toList()));
    }

    private static String next(Hit hit) {
        if (!hit.discrepancies().isEmpty()) {
            return "ipn discrepancy show " + Shell.quoted(hit.discrepancies().get(0));
        }
        var id = Shell.quoted(hit.id());
        return switch (hit.kind()) {
            case PAYMENT ->
                hit.user().map(user -> "ipn explain " + Shell.quoted(user)).orElse("ipn payment show " + id);
            case ORDER -> "ipn order show " + id;
            case NOTIFICATION -> "ipn payment show " + id;
            case DEAD_LETTER -> "ipn dlq show " + id;
            case DECISION -> "ipn decision list --about " + Shell.quoted(hit.about());
        };
    }
}
