package ipn.projector.catalogue;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * What a product costs, and what it has cost before.
 *
 * @param newestFirst at least one list, no two of the same time
 */
public record Prices(List<PriceList> newestFirst) {
    public Prices {
        newestFirst = newestFirst.stream()
                .sorted(Comparator.comparing(PriceList::from).reversed())
                .toList();
        if (newestFirst.isEmpty()) {
            throw new IllegalArgumentException("newestFirst: none (expected: at least one list)");
        }
    }

    /** Prices that never change. Empty: only an order says what the product costs. */
    public static Prices always(Map<String, Long> amounts) {
        return new Prices(List.of(new PriceList(Instant.MIN, amounts)));
    }

    /** The lists that were in force at any time from {@code since} until {@code until}, both included; at least the oldest. */
    public Prices within(Instant since, Instant until) {
        var lists = IntStream.range(0, newestFirst.size())
                .filter(index -> hasBegun(index, until) && !isReplaced(index, since))
                .mapToObj(newestFirst::get)
                .toList();
        return lists.isEmpty()
                ? new Prices(newestFirst.subList(newestFirst.size() - 1, newestFirst.size()))
                : new Prices(lists);
    }

    private boolean hasBegun(int index, Instant at) {
        return !newestFirst.get(index).from().isAfter(at);
    }

    private boolean isReplaced(int index, Instant at) {
        return index > 0 && hasBegun(index - 1, at);
    }

    /** Different amounts in a currency, the newest first; empty if the product is not sold in it. */
    public List<Long> in(String currency) {
        return newestFirst.stream()
                .map(list -> list.amounts().get(currency))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /**
     * Compares with each amount in a currency: nothing if there is no difference from one of them, else the difference from the newest.
     *
     * @param currency the product is sold in it
     */
    public <T> Optional<T> difference(String currency, LongFunction<Optional<T>> from) {
        var differences = in(currency).stream().map(from::apply).toList();
        return differences.stream().allMatch(Optional::isPresent) ? differences.get(0) : Optional.empty();
    }

    /** The currencies of the newest list, sorted. */
    public List<String> currencies() {
        return newestFirst.get(0).amounts().keySet().stream().sorted().toList();
    }
}
