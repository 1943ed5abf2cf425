package ipn.bench.isolation;

import ipn.bench.compare.Figure;
import ipn.bench.compare.Goal;
import ipn.bench.compare.Pairs;
import ipn.bench.compare.Spread;
import ipn.bench.load.LoadCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * The figures of {@code bench isolation}.
 *
 * @param storms one for each pair
 */
record IsolationReport(Pairs<Kind, Phase> pairs, List<Storm> storms) {
    private static final double[] PERCENTILES = {50, 90, 99};
    private static final Goal AT_MOST_THREE_TIMES = Goal.atMost(3, 2);

    /** A phase without or with refunds. */
    enum Kind {
        QUIET,
        STORM;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    List<Figure> figures() {
        var figures = new ArrayList<Figure>();
        figures.addAll(latencies("readable, other accounts", Phase::otherAccounts, true));
        figures.addAll(latencies("readable, same account", Phase::sameAccount, true));
        figures.addAll(latencies("acknowledged", Phase::acknowledgement, false));
        figures.add(ofStorms("refunds acknowledged per second", storm -> storm.refunds() / storm.sendSeconds()));
        figures.add(ofStorms("refunds processed per second", storm -> storm.refunds() / storm.processedSeconds()));
        figures.add(ofStorms("refunds sent again", Storm::resent));
        return figures;
    }

    private List<Figure> latencies(String name, Function<Phase, Histogram> times, boolean judged) {
        var figures = new ArrayList<Figure>();
        for (var percentile : PERCENTILES) {
            ToDoubleFunction<Phase> value = phase -> Phase.millis(times.apply(phase), percentile);
            var figure = Figure.named("%s, p%.0f ms".formatted(name, percentile))
                    .with(Kind.QUIET.label(), pairs.spread(Kind.QUIET, value), 1)
                    .with(Kind.STORM.label(), pairs.spread(Kind.STORM, value), 1)
                    .withRatio(Kind.STORM.label(), Kind.QUIET.label(), pairs.ratios(Kind.STORM, Kind.QUIET, value));
            figures.add(
                    judged && percentile == PERCENTILES[PERCENTILES.length - 1]
                            ? figure.withGoal(
                                    Figure.ratioOf(Kind.STORM.label(), Kind.QUIET.label()), AT_MOST_THREE_TIMES)
                            : figure);
        }
        return figures;
    }

    private Figure ofStorms(String name, ToDoubleFunction<Storm> value) {
        return Figure.named(name)
                .with(
                        Kind.STORM.label(),
                        Spread.over(storms.stream().map(value::applyAsDouble).toList()),
                        0);
    }

    /** Everything that was measured, by phase. */
    Map<String, Object> detail() {
        var detail = new LinkedHashMap<String, Object>();
        for (var kind : Kind.values()) {
            detail.put(
                    kind.label(),
                    pairs.rounds(kind).stream().map(IsolationReport::phase).toList());
        }
        detail.put("storms", storms);
        return detail;
    }

    private static Map<String, Object> phase(Phase phase) {
        return Map.of(
                "acknowledgementMillis", LoadCommand.percentiles(phase.acknowledgement()),
                "otherAccountsReadableMillis", LoadCommand.percentiles(phase.otherAccounts()),
                "sameAccountReadableMillis", LoadCommand.percentiles(phase.sameAccount()));
    }
}
