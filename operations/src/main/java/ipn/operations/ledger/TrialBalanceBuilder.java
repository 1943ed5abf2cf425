package ipn.operations.ledger;

import ipn.avro.LedgerEntry;
import ipn.avro.Posting;
import ipn.operations.ledger.TrialBalance.Choice;
import ipn.operations.ledger.TrialBalance.Row;
import ipn.operations.ledger.TrialBalance.Unbalanced;
import ipn.operations.topic.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Adds up entries. It keeps sums by group and no entries, so it does not notice an entry that is in the topic twice. The projector writes
 * each entry once, in the transaction that stores it.
 */
final class TrialBalanceBuilder {
    private static final int NAMED_MAX = 100;

    private final Choice choice;
    private final TreeMap<LedgerGroup, LedgerSums> rows = new TreeMap<>();
    private final TreeMap<LedgerGroup, LedgerSums> totals = new TreeMap<>();
    private final List<Unbalanced> unbalanced = new ArrayList<>();
    private long unbalancedCount;
    private long entries;
    private long otherEntries;

    TrialBalanceBuilder(Choice choice) {
        this.choice = choice;
    }

    void add(LedgerEntry entry, Position at) {
        if (entry.getTest() != choice.test()) {
            otherEntries++;
            return;
        }
        entries++;
        check(entry, at);
        entry.getLines().stream().filter(line -> choice.covers(line.getDay())).forEach(line -> {
            var sums = LedgerSums.of(line.getAmount());
            totals.merge(LedgerGroup.of(line, Set.of()), sums, LedgerSums::and);
            if (line.getAccount().startsWith(choice.account())) {
                rows.merge(LedgerGroup.of(line, choice.by()), sums, LedgerSums::and);
            }
        });
    }

    private void check(LedgerEntry entry, Position at) {
        var sums = entry.getLines().stream()
                .collect(Collectors.toMap(Posting::getCurrency, Posting::getAmount, Math::addExact, TreeMap::new));
        sums.values().removeIf(sum -> sum == 0);
        if (!sums.isEmpty()) {
            unbalancedCount++;
            if (unbalanced.size() < NAMED_MAX) {
                unbalanced.add(new Unbalanced(entry.getEntryId(), at, shown(sums)));
            }
        }
    }

    private static String shown(Map<String, Long> sums) {
        return sums.entrySet().stream()
                .map(sum -> sum.getValue() + " " + sum.getKey())
                .collect(Collectors.joining(", "));
    }

    TrialBalance result() {
        return new TrialBalance(
                rows(rows), rows(totals), entries, otherEntries, List.copyOf(unbalanced), unbalancedCount);
    }

    private static List<Row> rows(TreeMap<LedgerGroup, LedgerSums> sums) {
        return sums.entrySet().stream()
                .map(entry -> Row.of(entry.getKey(), entry.getValue()))
                .toList();
    }
}
