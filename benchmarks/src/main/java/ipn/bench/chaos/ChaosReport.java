package ipn.bench.chaos;

import ipn.bench.chaos.Round.Healed;
import ipn.bench.compare.Figure;
import ipn.bench.compare.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rounds of {@code bench chaos} together. */
record ChaosReport(List<Round> rounds) {
    private static final String TIMES = "faults";
    private static final String HEALED = "s until entitled";

    ChaosReport {
        rounds = List.copyOf(rounds);
    }

    /** By fault, how often it was inflicted, and how long it took until a purchase was entitled. */
    List<Figure> figures() {
        var byFault = rounds.stream()
                .flatMap(round -> round.faults().stream())
                .collect(Collectors.groupingBy(
                        healed -> healed.fault().toString(),
                        TreeMap::new,
                        Collectors.mapping(Healed::seconds, Collectors.toList())));
        var figures = new ArrayList<Figure>();
        byFault.forEach((fault, seconds) -> figures.add(Figure.named(fault)
                .with(TIMES, Spread.over(List.of((double) seconds.size())), 0)
                .with(HEALED, Spread.over(seconds), 1)));
        return figures;
    }

    /** Each difference, with the seed that leads to it. */
    List<String> differences() {
        return rounds.stream()
                .flatMap(round -> round.differences().stream()
                        .map(difference -> "seed %d %s: %s".formatted(round.seed(), faults(round), difference)))
                .toList();
    }

    Map<String, Object> totals() {
        var totals = new LinkedHashMap<String, Object>();
        totals.put("rounds", rounds.size());
        totals.put(
                "faults",
                rounds.stream().mapToInt(round -> round.faults().size()).sum());
        totals.put(
                "stagesEnded",
                rounds.stream()
                        .flatMap(round -> round.faults().stream())
                        .mapToInt(Healed::ended)
                        .sum());
        totals.put("operatorsDone", rounds.stream().filter(Round::done).count());
        totals.put("calls", rounds.stream().mapToInt(Round::calls).sum());
        totals.put("callsSentAgain", rounds.stream().mapToInt(Round::resent).sum());
        totals.put("rawRecords", rounds.stream().mapToLong(Round::raw).sum());
        totals.put(
                "failedSeeds",
                rounds.stream()
                        .filter(round -> !round.differences().isEmpty())
                        .map(Round::seed)
                        .toList());
        return totals;
    }

    private static List<Fault> faults(Round round) {
        return round.faults().stream().map(Healed::fault).toList();
    }
}
