package ipn.bench.growth;

import ipn.bench.compare.Figure;
import ipn.bench.compare.Goal;
import ipn.bench.compare.Pairs;
import ipn.bench.feed.FeedRound;
import ipn.bench.results.Chart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The figures of {@code bench growth}.
 *
 * @param sizes by the number of payments that are stored, in this order
 * @param history without it: not measured
 * @param duplicates without it: not measured
 */
record GrowthReport(
        List<SizeRounds.Result> sizes,
        Optional<Pairs<HistoryRounds.Side, FeedRound>> history,
        Optional<Pairs<DuplicateRounds.Side, FeedRound>> duplicates) {
    private static final Goal SIZE = Goal.atMost(1.2, 1.1);
    private static final Goal HISTORY = Goal.atMost(2, 1.5);
    private static final Goal DUPLICATES = Goal.atLeast(1, 1.5);

    GrowthReport {
        sizes = List.copyOf(sizes);
    }

    List<Figure> figures() {
        return tables().stream().flatMap(List::stream).toList();
    }

    /** The figures by what is compared. */
    List<List<Figure>> tables() {
        var tables = new ArrayList<List<Figure>>();
        tables.add(sizes.stream().flatMap(GrowthReport::ofSize).toList());
        history.ifPresent(pairs -> tables.add(both(
                ", last deliveries of a long history",
                pairs,
                HistoryRounds.Side.LAST,
                HistoryRounds.Side.FIRST,
                Value.COST,
                HISTORY)));
        duplicates.ifPresent(pairs -> tables.add(both(
                ", only duplicates",
                pairs,
                DuplicateRounds.Side.DUPLICATE,
                DuplicateRounds.Side.UNIQUE,
                Value.RATE,
                DUPLICATES)));
        tables.removeIf(List::isEmpty);
        return tables;
    }

    private static Stream<Figure> ofSize(SizeRounds.Result size) {
        var payments = String.format(Locale.ROOT, ", %,d payments stored", size.payments());
        return both(payments, size.pairs(), SizeRounds.Side.LARGE, SizeRounds.Side.SMALL, Value.COST, SIZE).stream();
    }

    /** Cost and rate, one of which has a goal. */
    private static <S extends Enum<S>> List<Figure> both(
            String what, Pairs<S, FeedRound> pairs, S one, S other, Value judged, Goal goal) {
        return Stream.of(Value.values())
                .map(value -> {
                    var figure = Figure.named(value.label + what)
                            .with(label(one), pairs.spread(one, value::of), value.decimals)
                            .with(label(other), pairs.spread(other, value::of), value.decimals)
                            .withRatio(label(one), label(other), pairs.ratios(one, other, value::of));
                    return value == judged ? figure.withGoal(Figure.ratioOf(label(one), label(other)), goal) : figure;
                })
                .toList();
    }

    private enum Value {
        COST("processor ms per notification", 3),
        RATE("notifications per second", 0);

        final String label;
        final int decimals;

        Value(String label, int decimals) {
            this.label = label;
            this.decimals = decimals;
        }

        double of(FeedRound round) {
            return this == COST ? round.processorMillis() : round.rate();
        }
    }

    private static String label(Enum<?> side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    /** The cost over the number of stored payments, relative to that with few. */
    List<Chart> charts() {
        if (sizes.size() < 2) {
            return List.of();
        }
        var points = Stream.concat(
                        Stream.of(new Chart.Point(0, 1)),
                        sizes.stream()
                                .map(size -> new Chart.Point(
                                        size.payments() / 1e6,
                                        size.pairs()
                                                .ratios(
                                                        SizeRounds.Side.LARGE,
                                                        SizeRounds.Side.SMALL,
                                                        FeedRound::processorMillis)
                                                .median())))
                .toList();
        return List.of(new Chart(
                "Cost of a notification over the number of stored payments",
                new Chart.Axis("million payments stored", Chart.Spacing.LINEAR),
                new Chart.Axis("processor time, times that with few payments", Chart.Spacing.LINEAR),
                List.of(new Chart.Line("processor, projector and broker", points)),
                List.of()));
    }

    /** Everything that was measured, by round. */
    Map<String, Object> detail() {
        var detail = new LinkedHashMap<String, Object>();
        detail.put(
                "sizes",
                sizes.stream()
                        .map(size -> Map.of(
                                "payments", size.payments(),
                                "restoreSeconds", size.restoreSeconds(),
                                "pairs", size.pairs().all()))
                        .toList());
        history.ifPresent(pairs -> detail.put("history", pairs.all()));
        duplicates.ifPresent(pairs -> detail.put("duplicates", pairs.all()));
        return detail;
    }
}
