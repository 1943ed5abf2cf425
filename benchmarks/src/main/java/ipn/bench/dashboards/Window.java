package ipn.bench.dashboards;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * The time that is shown.
 *
 * @param from in seconds since 1970
 * @param to as {@code from}
 * @param step between two points of a chart, in seconds
 */
record Window(long from, long to, long step) {
    /** As Grafana has it unless the data source says otherwise, and as our Prometheus reads. */
    private static final long SCRAPED_SECONDS = 15;

    private static final int POINTS_MAX = 240;

    static Window until(Instant to, Duration range) {
        var step = Math.max(SCRAPED_SECONDS, (range.toSeconds() + POINTS_MAX - 1) / POINTS_MAX);
        return new Window(to.getEpochSecond() - range.toSeconds(), to.getEpochSecond(), step);
    }

    /** A query with the names replaced that Grafana replaces. */
    String filled(String expression, Map<String, String> variables) {
        var filled = expression
                .replace("$__rate_interval", Math.max(step + SCRAPED_SECONDS, 4 * SCRAPED_SECONDS) + "s")
                .replace("$__interval", step + "s")
                .replace("$__range", to - from + "s");
        for (var variable : variables.entrySet()) {
            filled = filled.replace("${" + variable.getKey() + "}", variable.getValue())
                    .replaceAll("\\$" + variable.getKey() + "\\b", Matcher.quoteReplacement(variable.getValue()));
        }
        return filled;
    }
}
