package ipn.bench.pipeline;

import ipn.app.output.Table;
import ipn.bench.load.LoadCommand;
import ipn.bench.measure.LogUsage;
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
 * @param settings the options of the run
 * @param idle processor time by process in one second in which nothing is sent
 * @param pairs the rounds after the warm-up
 * @param differences from the expected results, as text
 */
record PipelineReport(
        Map<String, Object> settings,
        SortedMap<String, Double> idle,
        List<Map<Side, Round>> pairs,
        List<String> differences) {

    /** For people. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.addAll(rounds().lines());
        lines.add("");
        lines.addAll(figures().lines());
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
        for (var i = 0; i < pairs.size(); i++) {
            for (var round : pairs.get(i).values()) {
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

    private Table figures() {
        var table = new Table("median (range)", "candidate", "baseline", "candidate : baseline");
        for (var figure : Figure.all(pairs)) {
            table.row(
                    figure.name(),
                    figure.side(pairs, Side.CANDIDATE).text(figure.decimals()),
                    figure.side(pairs, Side.BASELINE).text(figure.decimals()),
                    figure.ratioText(pairs));
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
        pairs.forEach(pair -> groups.addAll(roundOf(pair, side).usage().keySet()));
        return groups;
    }

    private Spread usage(Side side, String group, ToLongFunction<LogUsage> amount) {
        return Round.spread(
                pairs,
                side,
                round -> round.perNotification(amount.applyAsLong(round.usage().getOrDefault(group, LogUsage.NONE))));
    }

    private static Round roundOf(Map<Side, Round> pair, Side side) {
        return pair.values().stream()
                .filter(round -> round.side() == side)
                .findFirst()
                .orElseThrow();
    }

    private String idleText() {
        return String.join(
                ", ",
                idle.entrySet().stream()
                        .map(each -> each.getKey() + " " + number(each.getValue() * 1000, 0))
                        .toList());
    }

    /** Rows for the table of results in a Markdown file. */
    List<String> markdown() {
        return Figure.all(pairs).stream()
                .map(figure -> "| %s | %s | %s | %s |"
                        .formatted(
                                figure.name().strip(),
                                figure.side(pairs, Side.CANDIDATE).text(figure.decimals()),
                                figure.side(pairs, Side.BASELINE).text(figure.decimals()),
                                figure.ratioText(pairs)))
                .toList();
    }

    /** For programs. */
    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("settings", settings);
        json.put("idleProcessorSecondsPerSecond", idle);
        json.put("pairs", pairs.stream().map(PipelineReport::pairJson).toList());
        var figures = new LinkedHashMap<String, Object>();
        for (var figure : Figure.all(pairs)) {
            var sides = new LinkedHashMap<String, Object>();
            sides.put("candidate", figure.side(pairs, Side.CANDIDATE));
            sides.put("baseline", figure.side(pairs, Side.BASELINE));
            figure.ratio(pairs).ifPresent(ratio -> sides.put("ratio", ratio));
            figures.put(figure.name().strip(), sides);
        }
        json.put("figures", figures);
        json.put("differences", differences);
        return json;
    }

    private static List<Object> pairJson(Map<Side, Round> pair) {
        return pair.values().stream().map(PipelineReport::roundJson).toList();
    }

    private static Object roundJson(Round round) {
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
