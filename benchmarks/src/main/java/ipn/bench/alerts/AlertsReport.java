package ipn.bench.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A judgement as people read it. */
record AlertsReport(Judgement judgement) {
    /** A table in Markdown, one row for each fault. */
    List<String> table() {
        var lines = new ArrayList<String>();
        lines.add(
                "| fault | alert | fired after | mended after the alert | over after it was mended | runbook | what was typed or done | a purchase was entitled again | fired as well |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        judgement
                .drills()
                .forEach(drill -> lines.add("| `%s`: %s | %s | %s | %s | %s | [%s](runbooks/%s) | %s | %s | %s |"
                        .formatted(
                                drill.fault().name(),
                                drill.fault().planted(),
                                judgement
                                        .noticed(drill)
                                        .map(each -> "`%s` (%s)".formatted(each.name(), each.severity()))
                                        .orElse("none"),
                                judgement
                                        .noticed(drill)
                                        .map(each -> text(each.after(drill.planted())))
                                        .orElse("-"),
                                judgement
                                        .noticed(drill)
                                        .map(each -> text(Duration.between(each.began(), drill.mended())))
                                        .orElse("-"),
                                judgement
                                        .noticed(drill)
                                        .map(each -> over(each, drill))
                                        .orElse("-"),
                                drill.fault().runbook().replace(".md", ""),
                                drill.fault().runbook(),
                                String.join("; ", drill.typed()),
                                drill.healed().map(AlertsReport::text).orElse("no"),
                                others(drill))));
        return lines;
    }

    private String over(Firing firing, Drill drill) {
        return firing.ended()
                .map(ended -> text(Duration.between(drill.mended(), ended)))
                .orElseGet(() -> "still fired " + text(Duration.between(drill.mended(), judgement.end())) + " later");
    }

    private String others(Drill drill) {
        var others = judgement.others(drill).stream()
                .map(each -> "`%s` (%s)".formatted(each.name(), text(each.after(drill.planted()))))
                .distinct()
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "-" : others;
    }

    /** Everything, for programs. */
    Map<String, Object> detail() {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("faults", judgement.drills().stream().map(this::row).toList());
        detail.put("alerts", judgement.firings().stream().map(AlertsReport::row).toList());
        return detail;
    }

    private Map<String, Object> row(Drill drill) {
        var row = new LinkedHashMap<String, Object>();
        row.put("fault", drill.fault().name());
        row.put("planted", drill.planted().toString());
        row.put("alert", judgement.noticed(drill).map(Firing::name).orElse(""));
        row.put(
                "seconds",
                judgement
                        .noticed(drill)
                        .map(each -> each.after(drill.planted()).toMillis() / 1_000.0)
                        .orElse(-1.0));
        row.put("status", drill.status());
        row.put("typed", drill.typed());
        row.put("mended", drill.mended().toString());
        row.put("healedSeconds", drill.healed().map(Duration::toSeconds).orElse(-1L));
        row.put("before", drill.before());
        row.put(
                "unexpected",
                judgement.unexpected(drill).stream().map(Firing::name).toList());
        return row;
    }

    private static Map<String, Object> row(Firing firing) {
        return Map.of(
                "name", firing.name(),
                "severity", firing.severity(),
                "labels", firing.labels(),
                "began", firing.began().toString(),
                "ended", firing.ended().map(Instant::toString).orElse(""));
    }

    private static String text(Duration time) {
        return time.toSeconds() < 120
                ? "%d s".formatted(time.toSeconds())
                : "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart());
    }
}
