package ipn.app.output;

import ipn.app.output.Terminal.Tone;
import ipn.avro.LedgerEntry;
import ipn.operations.ledger.LedgerGroup;
import ipn.operations.ledger.LedgerGroup.By;
import ipn.operations.ledger.TrialBalance;
import ipn.operations.ledger.TrialBalance.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints ledger balances and entries as tables; amounts have the decimals of their currency. */
public final class LedgerTable {
    private static final List<By> COLUMNS = List.of(By.ACCOUNT, By.CURRENCY, By.PRODUCT, By.DAY);
    private static final List<String> NUMBERS = List.of("debits", "credits", "balance");

    private LedgerTable() {}

    /** A row for each group, and the total of all accounts in each currency. */
    public static Table of(TrialBalance balance, Set<By> by) {
        var columns = COLUMNS.stream()
                .filter(column -> column == By.CURRENCY || by.contains(column))
                .toList();
        var headings = new ArrayList<>(columns.stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .toList());
        headings.addAll(NUMBERS);
        var table = new Table(headings.toArray(String[]::new)).numbers(NUMBERS);
        balance.rows().forEach(row -> table.row(cells(row, columns)));
        balance.totals().forEach(total -> {
            var cells = cells(total, columns);
            cells[0] = columns.get(0) == By.CURRENCY ? "all " + cells[0] : "all accounts";
            table.row(cells);
        });
        return table;
    }

    private static Object[] cells(Row row, List<By> columns) {
        var cells = new ArrayList<>(
                columns.stream().map(column -> cell(row.group(), column)).toList());
        for (var amount : List.of(row.debits(), row.credits(), row.balance())) {
            cells.add(Amount.decimal(amount, row.group().currency()));
        }
        return cells.toArray();
    }

    private static String cell(LedgerGroup group, By column) {
        return switch (column) {
            case ACCOUNT -> orNothing(group.account());
            case CURRENCY -> group.currency();
            case PRODUCT -> orNothing(group.product());
            case DAY -> orNothing(group.day());
        };
    }

    private static String orNothing(@Nullable Object value) {
        return Objects.toString(value, "");
    }

    /** The result in one sentence. */
    public static String summary(TrialBalance balance, Terminal terminal) {
        return balance.balanced()
                ? terminal.in(Tone.GOOD, "balanced") + ": %d entries".formatted(balance.entries())
                : terminal.in(Tone.BAD, "not balanced")
                        + ": %d of %d entries do not add up to zero"
                                .formatted(balance.unbalancedCount(), balance.entries());
    }

    /** Every line of each entry, with its cause. */
    public static Table of(List<LedgerEntry> entries) {
        var table = new Table("entry", "account", "product", "day", "amount", "cause", "raw record", "policy")
                .numbers(List.of("amount"));
        entries.forEach(entry -> entry.getLines()
                .forEach(line -> table.row(
                        number(entry),
                        line.getAccount(),
                        orNothing(line.getProduct()),
                        line.getDay().toString(),
                        Amount.shown(line.getAmount(), line.getCurrency()),
                        entry.getCause().getEventKey(),
                        entry.getCause().getTopic() + "-" + entry.getCause().getPartition() + "@"
                                + entry.getCause().getOffset(),
                        entry.getPolicyVersion())));
        return table;
    }

    private static String number(LedgerEntry entry) {
        var number = entry.getEntryId().substring(entry.getEntryId().lastIndexOf('/') + 1);
        return entry.getTest() ? number + " test" : number;
    }
}
