package ipn.operations.reconcile.match;

import ipn.operations.reconcile.match.Finding.What;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Passes all findings on, counts them, and keeps the first of each class. */
final class FindingExamples {
    private final int perClassMax;
    private final Consumer<Finding> each;
    private final Map<What, List<Finding>> first = new EnumMap<>(What.class);
    private long count;

    FindingExamples(int perClassMax, Consumer<Finding> each) {
        this.perClassMax = perClassMax;
        this.each = each;
    }

    void add(Finding finding) {
        count++;
        each.accept(finding);
        var examples = first.computeIfAbsent(finding.what(), what -> new ArrayList<>());
        if (examples.size() < perClassMax) {
            examples.add(finding);
        }
    }

    long count() {
        return count;
    }

    List<Finding> list() {
        return first.values().stream().flatMap(List::stream).toList();
    }
}
