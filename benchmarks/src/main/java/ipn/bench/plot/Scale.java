package ipn.bench.plot;

import ipn.bench.results.Chart.Spacing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Places values on an axis.
 *
 * @param from the value at the begin of the axis
 * @param to the value at its end
 * @param start the position of {@code from}
 * @param end the position of {@code to}
 */
record Scale(Spacing spacing, double from, double to, double start, double end) {
    private static final int TICKS = 6;
    private static final double[] STEPS = {1, 2, 5, 10};
    private static final List<Double> PERCENTILES = List.of(0.0, 50.0, 90.0, 99.0, 99.9, 99.99, 99.999);

    /** An axis that contains all values, with round numbers at its ends. A linear one begins at 0. */
    static Scale over(Spacing spacing, double[] values, double start, double end) {
        var least = Arrays.stream(values).min().orElse(0);
        var most = Arrays.stream(values).max().orElse(1);
        return switch (spacing) {
            case LINEAR -> new Scale(spacing, 0, Math.max(roundUp(most), Double.MIN_NORMAL), start, end);
            case LOGARITHMIC -> {
                var low = roundDown(Math.max(least, 1e-3));
                yield new Scale(spacing, low, Math.max(roundUp(most), 2 * low), start, end);
            }
            case PERCENTILES -> new Scale(spacing, 0, Math.min(Math.max(most, 50), 99.999), start, end);
        };
    }

    double position(double value) {
        var share = (transformed(value) - transformed(from)) / (transformed(to) - transformed(from));
        return start + share * (end - start);
    }

    private double transformed(double value) {
        return switch (spacing) {
            case LINEAR -> value;
            case LOGARITHMIC -> Math.log10(Math.max(value, from));
            case PERCENTILES -> -Math.log10(1 - Math.min(value, 99.9999) / 100);
        };
    }

    /** Round values on the axis, a few of them. */
    List<Double> ticks() {
        return switch (spacing) {
            case LINEAR -> linear();
            case LOGARITHMIC -> logarithmic();
            case PERCENTILES ->
                PERCENTILES.stream().filter(value -> value <= to + 1e-9).toList();
        };
    }

    private List<Double> linear() {
        var step = roundUp((to - from) / TICKS);
        return DoubleStream.iterate(from, value -> value <= to + step / 1000, value -> value + step)
                .boxed()
                .toList();
    }

    private List<Double> logarithmic() {
        var wide = Math.log10(to / from) > 3;
        var ticks = new ArrayList<Double>();
        for (var power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power++) {
            for (var step : wide ? new double[] {1} : new double[] {1, 2, 5}) {
                var tick = step * Math.pow(10, power);
                if (tick >= from * 0.999 && tick <= to * 1.001) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** The next of 1, 2, 5, 10, 20 ... */
    private static double roundUp(double value) {
        if (value <= 0) {
            return 1;
        }
        var power = Math.pow(10, Math.floor(Math.log10(value)));
        for (var step : STEPS) {
            if (step * power >= value * 0.9999) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static double roundDown(double value) {
        var up = roundUp(value);
        if (up <= value * 1.0001) {
            return up;
        }
        var power = Math.pow(10, Math.floor(Math.log10(value)));
        var low = power;
        for (var step : STEPS) {
            if (step * power <= value) {
                low = step * power;
            }
        }
        return low;
    }

    /** The text of a tick. */
    static String label(double value) {
        if (value >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3f", value).replaceAll("0+$", "");
    }
}
