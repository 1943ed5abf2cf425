package ipn.bench.plot;

import ipn.bench.plot.Band.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;

/** Places the names of bands above a chart, each over a bar as long as its bands, in rows in which nothing overlaps. */
final class BandNames {
    static final int FONT = 10;
    static final int ROW = 14;
    private static final int ROWS_MAX = 4;
    /** Of a wide font: which one the viewer has is not known. */
    private static final double CHARACTER = 6.3;

    private static final double GAP = 8;
    private static final double BAR_MIN = 2;

    private BandNames() {}

    /** From x to x. */
    record Bar(double from, double to) {}

    /** @param x where its text begins */
    record Name(String text, Level level, int row, double x, List<Bar> bars) {
        Name {
            bars = List.copyOf(bars);
        }

        private double left() {
            return bars.stream().mapToDouble(Bar::from).reduce(x, Math::min);
        }

        private double right() {
            return bars.stream().mapToDouble(Bar::to).reduce(x + text.length() * CHARACTER, Math::max);
        }

        private boolean overlaps(Name other) {
            return row == other.row && left() < other.right() + GAP && other.left() < right() + GAP;
        }
    }

    /**
     * The most urgent first. Names for which no row has room are counted at the left, if there is room for that.
     *
     * @param x position of a time, which is kept between left and right
     */
    static List<Name> placed(List<Band> bands, DoubleUnaryOperator x, double left, double right) {
        var byName = new LinkedHashMap<String, List<Band>>();
        bands.stream()
                .sorted(Comparator.comparing(Band::level).thenComparingDouble(Band::from))
                .forEach(band -> byName.computeIfAbsent(band.name(), name -> new ArrayList<>())
                        .add(band));
        var placed = new ArrayList<Name>();
        var without = new ArrayList<Level>();
        byName.forEach((name, of) -> {
            var bars = of.stream()
                    .map(band -> {
                        var from = Math.max(left, x.applyAsDouble(band.from()));
                        return new Bar(from, Math.max(from + BAR_MIN, Math.min(right, x.applyAsDouble(band.to()))));
                    })
                    .toList();
            var begin = Math.min(bars.get(0).from(), right - name.length() * CHARACTER);
            var level = of.get(0).level();
            if (begin < left || !place(placed, row -> new Name(name, level, row, begin, bars))) {
                without.add(level);
            }
        });
        if (!without.isEmpty()) {
            var more = "and %d more".formatted(without.size());
            place(placed, row -> new Name(more, without.get(0), row, left, List.of()));
        }
        return placed;
    }

    /** In the first row that has room; false: none has. */
    private static boolean place(List<Name> placed, IntFunction<Name> name) {
        for (var row = 0; row < ROWS_MAX; row++) {
            var candidate = name.apply(row);
            if (placed.stream().noneMatch(candidate::overlaps)) {
                placed.add(candidate);
                return true;
            }
        }
        return false;
    }

    /** How much height they need. */
    static int height(List<Name> names) {
        return names.stream().mapToInt(Name::row).max().orElse(-1) * ROW + ROW;
    }
}
