package ipn.operations.decision;

import ipn.avro.Discrepancy;
import ipn.operations.query.DiscrepancyQuery;
import ipn.operations.topic.Lookup;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Discrepancies, the oldest first.
 *
 * @param found how many there are
 * @param sums what they are about, by currency, each payment once
 * @param listed the first of them, up to a limit
 */
public record DiscrepancyList(int found, List<Money> sums, List<Item> listed) {
    /**
     * One discrepancy.
     *
     * @param ageSeconds since its newest change
     * @param money what its payment took
     */
    public record Item(Discrepancy discrepancy, long ageSeconds, List<Money> money) {}

    /** Reads all discrepancies and payments, unless an index finds those that match. */
    public static DiscrepancyList read(
            RecordSource source, DiscrepancyFilter filter, int limit, Instant now, Progress progress) {
        var query = new DiscrepancyQuery(source);
        var lookup = new Lookup("discrepancy-list", query.all().topic(), Set.of(), Map.of(), filter.terms(), 0);
        var newest = query.newest(lookup, each -> true, progress).stream()
                .filter(filter::includes)
                .filter(filter::includesState)
                .toList();
        var keys = newest.stream().map(Discrepancy::getPaymentKey).collect(Collectors.toSet());
        var amounts = PaymentAmounts.read(source, keys, progress);
        var items = newest.stream()
                .map(each -> new Item(
                        each,
                        Math.max(0, Duration.between(each.getAt(), now).toSeconds()),
                        amounts.getOrDefault(each.getPaymentKey(), List.of())))
                .filter(item -> filter.includes(item.money()))
                .sorted(Comparator.comparing((Item item) -> item.discrepancy().getAt())
                        .thenComparing(item -> item.discrepancy().getDiscrepancyId()))
                .toList();
        return new DiscrepancyList(
                items.size(), sums(items), items.stream().limit(limit).toList());
    }

    private static List<Money> sums(List<Item> items) {
        var byPayment = new TreeMap<String, List<Money>>();
        items.forEach(item -> byPayment.put(item.discrepancy().getPaymentKey(), item.money()));
        var sums = new TreeMap<String, Long>();
        byPayment.values().stream()
                .flatMap(List::stream)
                .forEach(money -> sums.merge(money.currency(), money.amount(), Math::addExact));
        return sums.entrySet().stream()
                .map(sum -> new Money(sum.getValue(), sum.getKey()))
                .toList();
    }
}
