package ipn.bench.pipeline;

import ipn.app.output.Table;
import ipn.bench.compare.Figure;
import ipn.bench.compare.FigureTable;
import ipn.bench.compare.Pairs;
import ipn.bench.compare.Spread;
import ipn.bench.load.LoadCommand;
import ipn.bench.measure.LogUsage;
import ipn.bench.results.BenchResult;
import ipn.bench.results.Chart;
import ipn.bench.results.RunInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * The result of {@code bench pipeline}.
 *
 * @param options of the run
 * @param rate notifications per second; 0: full speed
 * @param idle processor time by process in one second in which nothing is sent
 * @param pairs the rounds after the warm-up
 * @param differences from the expected results, as text
 */
public record PipelineReport(
        RunInfo run,
        Map<String, Object> options,
        int rate,
        SortedMap<String, Double> idle,
        Pairs<Side, Round> pairs,
        List<String> differences) {
    private static final String DESCRIPTION =
            "The whole pipeline (candidate) beside two Streams applications that put each record into a store and pass it on, exactly once"
                    + " (baseline), in alternating rounds on the same broker. All payments and entitlements are compared with expected results.";

    private List<Figure> figures() {
        return new Figures(pairs, rate).all();
    }

    /** For people. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.addAll(rounds().lines());
        lines.add("");
        lines.addAll(FigureTable.lines(figures()));
        lines.add("");
        lines.addAll(groups().lines());
        lines.add("");
        lines.add("idle, processor ms per second: " + idleText());
        return lines;
    }

    private Table rounds() {
        var table = new Table(
                "pair",
                "side",
                "notifications",
                "seconds to send",
                "seconds",
                "per second",
                "processor ms per notification");
        for (var i = 0; i < pairs.all().size(); i++) {
            for (var round : pairs.all().get(i).values()) {
                table.row(
                        i + 1,
                        round.side().label(),
                        round.notifications(),
                        number(round.sendSeconds(), 2),
                        number(round.seconds(), 2),
                        number(round.rate(), 0),
                        number(round.processorMillis(), 3));
            }
        }
        return table;
    }

    /** What each side writes, by group of topics. */
    private Table groups() {
        var table = new Table("written per notification", "side", "records", "batches", "markers", "bytes");
        for (var side : Side.values()) {
            for (var group : groupsOf(side)) {
                table.row(
                        group,
                        side.label(),
                        number(usage(side, group, LogUsage::records).median(), 2),
                        number(usage(side, group, LogUsage::batches).median(), 2),
                        number(usage(side, group, LogUsage::markers).median(), 3),
                        number(usage(side, group, LogUsage::bytes).median(), 0));
            }
        }
        return table;
    }

    private TreeSet<String> groupsOf(Side side) {
        var groups = new TreeSet<String>();
        pairs.rounds(side).forEach(round -> groups.addAll(round.usage().keySet()));
        return groups;
    }

    private Spread usage(Side side, String group, ToLongFunction<LogUsage> amount) {
        return pairs.spread(
                side,
                round -> round.perNotification(amount.applyAsLong(round.usage().getOrDefault(group, LogUsage.NONE))));
    }

    private String idleText() {
        return String.join(
                ", ",
                idle.entrySet().stream()
                        .map(each -> each.getKey() + " " + number(each.getValue() * 1000, 0))
                        .toList());
    }

    /** For programs. */
    public BenchResult result() {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("idleProcessorSecondsPerSecond", idle);
        detail.put("pairs", pairs.all().stream().map(PipelineReport::pairJson).toList());
        var title = rate == 0
                ? "Pipeline at full speed"
                : String.format(Locale.ROOT, "Pipeline at %,d notifications per second", rate);
        return new BenchResult("pipeline", title, DESCRIPTION, run, options, figures(), charts(), detail, differences);
    }

    private List<Chart> charts() {
        return rate == 0 ? List.of() : new Figures(pairs, rate).rounds().latencyCharts();
    }

    /** One pair, for programs. */
    static List<Object> pairJson(Map<Side, Round> pair) {
        return pair.values().stream().<Object>map(PipelineReport::roundJson).toList();
    }

    /** One round, for programs. */
    public static Map<String, Object> roundJson(Round round) {
        var json = new LinkedHashMap<String, Object>();
        json.put("side", round.side().label());
        json.put("notifications", round.notifications());
        json.put("sendSeconds", round.sendSeconds());
        json.put("seconds", round.seconds());
        json.put("perSecond", round.rate());
        json.put("processorMillisPerNotification", round.processorMillis());
        json.put("processorSeconds", round.processorSeconds());
        json.put("written", round.usage());
        json.put("transactions", round.transactions());
        round.latencies().ifPresent(latencies -> {
            json.put("acknowledgementMillis", LoadCommand.percentiles(latencies.acknowledgement()));
            json.put("readableMillis", LoadCommand.percentiles(latencies.readable()));
        });
        return json;
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
