package ipn.bench.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A figure that each round has.
 *
 * @param decimals in texts
 * @param compared whether there is a ratio of the two sides
 */
record Figure(String name, int decimals, boolean compared, ToDoubleFunction<Round> value) {
    Figure(String name, int decimals, ToDoubleFunction<Round> value) {
        this(name, decimals, true, value);
    }

    private static final double MICROS_PER_MILLI = 1000;

    /** The figures of rounds at full speed, or at a fixed rate if they have latencies. */
    static List<Figure> all(List<Map<Side, Round>> pairs) {
        var atRate = pairs.stream()
                .flatMap(pair -> pair.values().stream())
                .allMatch(round -> round.latencies().isPresent());
        var all = new ArrayList<Figure>();
        if (atRate) {
            all.addAll(latencies());
        }
        all.add(new Figure("notifications per second", 0, Round::rate));
        all.add(new Figure("processor ms per notification", 3, Round::processorMillis));
        processes(pairs)
                .forEach(process -> all.add(new Figure(
                        "  " + process,
                        3,
                        false,
                        round -> round.perNotification(round.processorSeconds().getOrDefault(process, 0.0) * 1000))));
        all.add(new Figure(
                "records per notification",
                2,
                round -> round.perNotification(round.total().records())));
        all.add(new Figure(
                "batches per notification",
                2,
                round -> round.perNotification(round.total().batches())));
        all.add(new Figure(
                "transactions per notification", 3, round -> round.perNotification(round.transactionCount())));
        all.add(new Figure(
                "markers per notification",
                2,
                round -> round.perNotification(round.total().markers())));
        all.add(new Figure(
                "bytes per notification",
                0,
                round -> round.perNotification(round.total().bytes())));
        return all;
    }

    private static List<Figure> latencies() {
        return Stream.of(50.0, 90.0, 99.0)
                .flatMap(percentile -> Stream.of(
                        new Figure(
                                "acknowledgement ms, p%.0f".formatted(percentile),
                                1,
                                round -> round.latencies()
                                                .orElseThrow()
                                                .acknowledgement()
                                                .getValueAtPercentile(percentile)
                                        / MICROS_PER_MILLI),
                        new Figure(
                                "acknowledged until readable ms, p%.0f".formatted(percentile),
                                1,
                                round -> round.latencies()
                                                .orElseThrow()
                                                .readable()
                                                .getValueAtPercentile(percentile)
                                        / MICROS_PER_MILLI)))
                .toList();
    }

    private static TreeSet<String> processes(List<Map<Side, Round>> pairs) {
        var names = new TreeSet<String>();
        pairs.forEach(pair -> pair.values()
                .forEach(round -> names.addAll(round.processorSeconds().keySet())));
        return names;
    }

    /** Over the rounds of one side. */
    Spread side(List<Map<Side, Round>> pairs, Side side) {
        return Round.spread(pairs, side, value);
    }

    /** Candidate to baseline, over the pairs. */
    Optional<Spread> ratio(List<Map<Side, Round>> pairs) {
        return compared ? Optional.of(Round.ratios(pairs, value)) : Optional.empty();
    }

    /** The ratio as text. */
    String ratioText(List<Map<Side, Round>> pairs) {
        return ratio(pairs).map(ratio -> ratio.text(2)).orElse("");
    }
}
