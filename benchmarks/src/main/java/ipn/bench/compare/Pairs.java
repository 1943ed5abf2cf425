package ipn.bench.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Rounds of several sides, in groups of one round of each side that followed each other. The load and the background work of a machine change with
 * time; the ratio of two rounds of a pair changes less.
 *
 * @param <S> what tells the sides apart
 * @param <R> a round
 */
public record Pairs<S, R>(List<Map<S, R>> all) {
    public Pairs {
        all = List.copyOf(all);
    }

    /** The order of each of a number of pairs: A B, B A, A B ... so that no side is always the first. */
    public static <S> List<List<S>> orders(List<S> sides, int count) {
        var reversed = new ArrayList<>(sides);
        Collections.reverse(reversed);
        var orders = new ArrayList<List<S>>();
        for (var pair = 0; pair < count; pair++) {
            orders.add(pair % 2 == 0 ? sides : List.copyOf(reversed));
        }
        return orders;
    }

    /** Measures one round. */
    @FunctionalInterface
    public interface Measurement<S, R> {
        /** Of this side. */
        R of(S side) throws Exception;
    }

    /** Measures a number of pairs, in the {@linkplain #orders order} that changes with each. */
    public static <S, R> Pairs<S, R> measure(List<S> sides, int count, Measurement<S, R> measurement) throws Exception {
        var pairs = new ArrayList<Map<S, R>>();
        for (var order : orders(sides, count)) {
            var pair = new LinkedHashMap<S, R>();
            for (var side : order) {
                pair.put(side, measurement.of(side));
            }
            pairs.add(pair);
        }
        return new Pairs<>(pairs);
    }

    /** A figure of one side, in each pair. */
    public Spread spread(S side, ToDoubleFunction<R> figure) {
        return Spread.over(
                all.stream().map(pair -> figure.applyAsDouble(find(pair, side))).toList());
    }

    /** The ratio of a figure of one side to that of another, in each pair. */
    public Spread ratios(S one, S other, ToDoubleFunction<R> figure) {
        return Spread.over(all.stream()
                .map(pair -> figure.applyAsDouble(find(pair, one)) / figure.applyAsDouble(find(pair, other)))
                .toList());
    }

    /** All rounds of one side. */
    public List<R> rounds(S side) {
        return all.stream().map(pair -> find(pair, side)).toList();
    }

    private R find(Map<S, R> pair, S side) {
        var round = pair.get(side);
        if (round == null) {
            throw new IllegalArgumentException("pair: no round of %s (expected: one of each side)".formatted(side));
        }
        return round;
    }
}
