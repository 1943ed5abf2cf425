package ipn.operations.imports;

import ipn.gateway.AccountId;
import ipn.imported.ImportedSubscription;
import ipn.operations.Hashing;
import ipn.operations.imports.LineProblem.Kind;
import ipn.operations.imports.SubscriptionExport.Catalogue;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Adds up what an import of an export would write. Bounded: names of unknown products above a limit are counted together, and of each
 * subscription eight bytes are kept, so that one in several lines counts once.
 */
public final class ImportSummary implements SubscriptionExport.Receiver {
    private static final int NAMES_MAX = 1_000;
    private static final int SEEN_MAX = 5_000_000;
    private static final String OTHERS = "(others)";

    private final Catalogue catalogue;
    private final int examplesMax;
    private final Consumer<LineProblem> all;
    private final TreeMap<Count.Of, long[]> counts = new TreeMap<>(Comparator.comparing(Count.Of::account)
            .thenComparing(Count.Of::product)
            .thenComparing(Count.Of::status));
    private final TreeMap<Kind, Problems> problems = new TreeMap<>();
    private final TreeMap<String, Long> unknown = new TreeMap<>();
    private final LongOpenHashSet seen = new LongOpenHashSet();
    private long lines;
    private long subscriptions;

    /**
     * @param examplesMax line numbers to keep of each kind of problem
     * @param all receives every problem
     */
    public ImportSummary(Catalogue catalogue, int examplesMax, Consumer<LineProblem> all) {
        this.catalogue = catalogue;
        this.examplesMax = examplesMax;
        this.all = all;
    }

    /**
     * Subscriptions of one product and status.
     *
     * @param grants how many will give access now
     */
    public record Count(String account, String product, String status, long subscriptions, long grants) {
        private record Of(String account, String product, String status) {}
    }

    /** Problems of one kind, with the first of them. */
    public record ProblemCount(Kind kind, long count, List<LineProblem> first) {}

    /**
     * What an import would write.
     *
     * @param unknownProducts how many lines name each
     */
    public record Summary(
            Instant asOf,
            long lines,
            long subscriptions,
            List<Count> counts,
            List<ProblemCount> problems,
            Map<String, Long> unknownProducts) {
        public boolean hasProblems() {
            return !problems.isEmpty();
        }
    }

    private static final class Problems {
        private final List<LineProblem> first = new ArrayList<>();
        private long count;
    }

    @Override
    public void subscription(AccountId account, ImportedSubscription subscription) {
        lines++;
        var check = new LineCheck(subscription, catalogue);
        check.problems().forEach(this::add);
        if (isRepeated(account, subscription)) {
            return;
        }
        subscriptions++;
        var grants = check.grants();
        for (var product : check.products()) {
            var count = counts.computeIfAbsent(
                    new Count.Of(
                            account.gateway() + "/" + account.account(),
                            product,
                            subscription.terms().status().name()),
                    any -> new long[2]);
            count[0]++;
            count[1] += grants ? 1 : 0;
        }
    }

    /** An export may contain a subscription in several lines. Of exports with more than five million the rest count by lines. */
    private boolean isRepeated(AccountId account, ImportedSubscription subscription) {
        return seen.size() < SEEN_MAX
                ? !seen.add(Hashing.hashOf(account.gateway(), account.account(), subscription.id()))
                : seen.contains(Hashing.hashOf(account.gateway(), account.account(), subscription.id()));
    }

    @Override
    public void problem(LineProblem problem) {
        lines++;
        add(problem);
    }

    private void add(LineProblem problem) {
        all.accept(problem);
        var kind = problems.computeIfAbsent(problem.kind(), any -> new Problems());
        kind.count++;
        if (kind.first.size() < examplesMax) {
            kind.first.add(problem);
        }
        if (problem.kind() == Kind.UNKNOWN_PRODUCT) {
            var name =
                    unknown.containsKey(problem.message()) || unknown.size() < NAMES_MAX ? problem.message() : OTHERS;
            unknown.merge(name, 1L, Long::sum);
        }
    }

    /** What was added up. */
    public Summary summary(Instant asOf) {
        return new Summary(
                asOf,
                lines,
                subscriptions,
                counts.entrySet().stream()
                        .map(each -> new Count(
                                each.getKey().account(),
                                each.getKey().product(),
                                each.getKey().status(),
                                each.getValue()[0],
                                each.getValue()[1]))
                        .toList(),
                problems.entrySet().stream()
                        .map(each -> new ProblemCount(
                                each.getKey(), each.getValue().count, List.copyOf(each.getValue().first)))
                        .toList(),
                unknown);
    }
}
