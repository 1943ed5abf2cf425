package ipn.app.dashboard;

import ipn.app.dashboard.Panel.Query;
import ipn.runtime.metrics.Metric;
import ipn.runtime.metrics.MetricType;

/** Queries of Prometheus over our metrics. */
final class Queries {
    private static final String RATE_OVER = "[$__rate_interval]";
    /** The name of a series that is all there is. */
    private static final String ALL = "all";

    private Queries() {}

    /**
     * A counter's growth per second.
     *
     * @param by label of its series
     */
    static Query rate(Metric counter, String by) {
        return rate(counter, by, "");
    }

    /** @param where condition on labels, such as {@code gateway=~"$gateway"} */
    static Query rate(Metric counter, String by, String where) {
        expect(counter.type() == MetricType.COUNTER, counter);
        return new Query(
                "sum by (%s) (rate(%s))".formatted(by, counter.series() + braces(where) + RATE_OVER), legend(by));
    }

    /** How much a counter grew within a time such as {@code 10m}, all its series together, as a whole number; 0 before it has any. */
    static Query grown(Metric counter, String where, String time) {
        expect(counter.type() == MetricType.COUNTER, counter);
        return new Query(
                "round(sum(increase(%s[%s]))) or vector(0)".formatted(counter.series() + braces(where), time), ALL);
    }

    /** How much a counter grew within a time such as {@code 1h}. */
    static Query growth(Metric counter, String by, String time) {
        expect(counter.type() == MetricType.COUNTER, counter);
        return new Query("sum by (%s) (increase(%s[%s]))".formatted(by, counter.series(), time), legend(by));
    }

    /** The largest value of a gauge: several processes show the same. */
    static Query max(Metric gauge, String by) {
        return gauge("max", gauge, by, "");
    }

    /** The sum of a gauge: each process shows its own part. */
    static Query sum(Metric gauge, String by) {
        return gauge("sum", gauge, by, "");
    }

    private static Query gauge(String how, Metric gauge, String by, String where) {
        expect(gauge.type() == MetricType.GAUGE, gauge);
        var grouped = by.isEmpty() ? "" : " by (%s) ".formatted(by);
        return new Query("%s%s(%s)".formatted(how, grouped, gauge.series() + braces(where)), legend(by));
    }

    /** What a share of the measurements took at most. */
    static Query quantile(Metric timer, double share, String where) {
        expect(!timer.type().buckets().isEmpty(), timer);
        return new Query(
                "histogram_quantile(%s, sum by (le) (rate(%s)))"
                        .formatted(share, timer.series() + "_bucket" + braces(where) + RATE_OVER),
                "p%d".formatted(Math.round(share * 100)));
    }

    /** 1 for each stage that runs; 0 for one that does not, and for one that no process shows. */
    static Query running(String how) {
        var missing = " or label_replace(vector(0), \"stage\", \"%s\", \"\", \"\")";
        return new Query(
                "%s by (stage) (%s%s%s)"
                        .formatted(
                                how,
                                Metric.STAGE_RUNNING.series(),
                                missing.formatted("processor"),
                                missing.formatted("projector")),
                "{{stage}}");
    }

    /** How much of a limit is used, 0 to 1. */
    static Query share(Metric gauge, Metric limit) {
        expect(gauge.type() == MetricType.GAUGE, gauge);
        return new Query("max(%s / %s)".formatted(gauge.series(), limit.series()), ALL);
    }

    /** The longest time lately. */
    static Query longest(Metric timer) {
        expect(timer.type().isTimer(), timer);
        return new Query("max(%s_max)".formatted(timer.series()), "longest");
    }

    /** The time on average. */
    static Query average(Metric timer) {
        expect(timer.type().isTimer(), timer);
        return new Query(
                "max(rate(%1$s_sum%2$s) / rate(%1$s_count%2$s))".formatted(timer.series(), RATE_OVER), "average");
    }

    private static String braces(String where) {
        return where.isEmpty() ? "" : "{" + where + "}";
    }

    private static String legend(String by) {
        return by.isEmpty()
                ? ALL
                : ("{{" + by.replace(", ", "}} {{") + "}}")
                        .replace("{{gateway}} {{account}}", "{{gateway}}/{{account}}");
    }

    private static void expect(boolean typeFits, Metric metric) {
        if (!typeFits) {
            throw new IllegalArgumentException("%s: a %s (expected: a metric of another type)"
                    .formatted(metric.series(), metric.type().text()));
        }
    }
}
