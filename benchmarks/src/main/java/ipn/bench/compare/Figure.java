package ipn.bench.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a result: a quantity, and its value for each side, or the ratio of two sides.
 *
 * @param name with the unit
 */
public record Figure(String name, List<Value> values) {
    /** Of ratios in texts. */
    private static final int RATIO_DECIMALS = 2;

    public Figure {
        values = List.copyOf(values);
    }

    /**
     * The value of one side, or a ratio.
     *
     * @param of the side, or two of them such as {@code candidate : baseline}
     * @param decimals in texts
     * @param goal what it must reach; null: nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Value(
            String of,
            Spread spread,
            int decimals,
            @Nullable Goal goal) {
        /** For example {@code 0.35 (0.31 to 0.40)}. */
        public String text() {
            return spread.text(decimals);
        }

        @JsonIgnore
        public Optional<Goal.Verdict> verdict() {
            return Optional.ofNullable(goal).map(its -> its.verdict(spread.median()));
        }
    }

    public static Figure named(String name) {
        return new Figure(name, List.of());
    }

    /** With the value of a side. */
    public Figure with(String side, Spread spread, int decimals) {
        return with(new Value(side, spread, decimals, null));
    }

    /** With the ratio of two sides. */
    public Figure withRatio(String one, String other, Spread ratio) {
        return with(new Value(ratioOf(one, other), ratio, RATIO_DECIMALS, null));
    }

    private Figure with(Value value) {
        var all = new ArrayList<>(values);
        all.add(value);
        return new Figure(name, all);
    }

    /**
     * With a goal of one of its values.
     *
     * @param of a side, or {@link #ratioOf}
     * @throws IllegalArgumentException if the figure has no such value
     */
    public Figure withGoal(String of, Goal goal) {
        if (value(of).isEmpty()) {
            throw new IllegalArgumentException("goal: of %s (expected: a value of %s)".formatted(of, name));
        }
        return new Figure(
                name,
                values.stream()
                        .map(value ->
                                value.of().equals(of) ? new Value(of, value.spread(), value.decimals(), goal) : value)
                        .toList());
    }

    /** The name of the ratio of two sides. */
    public static String ratioOf(String one, String other) {
        return one + " : " + other;
    }

    /** The value of a side or a ratio; empty if the figure has none. */
    public Optional<Value> value(String of) {
        return values.stream().filter(value -> value.of().equals(of)).findFirst();
    }
}
