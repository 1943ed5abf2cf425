package ipn.bench.compare;

import java.util.Collection;
import java.util.Locale;

/** The median of some values, and their range. */
public record Spread(double median, double least, double most) {
    /** @throws IllegalArgumentException if there are no values */
    public static Spread over(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values: none (expected: at least one)");
        }
        var sorted = values.stream().sorted().toList();
        var middle = sorted.size() / 2;
        var median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** With the same number of decimals for each value: {@code 0.35 (0.31 to 0.40)}. A single value has no range. */
    public String text(int decimals) {
        var format = "%." + decimals + "f";
        return least == most
                ? String.format(Locale.ROOT, format, median)
                : String.format(Locale.ROOT, format + " (" + format + " to " + format + ")", median, least, most);
    }
}
