package ipn.query.open;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.runtime.metrics.Metric;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Gauges whose labels and numbers are read from tables once in a while. Each metric has a bound: series that are found beyond it are not shown. */
final class TableGauges {
    private final MeterRegistry meters;
    private final int seriesMax;
    private final Map<Series, Double> numbers = new ConcurrentHashMap<>();

    /** A series of one gauge. */
    record Series(Metric metric, List<String> labels) {}

    /** @param seriesMax most series of one metric */
    TableGauges(MeterRegistry meters, int seriesMax) {
        this.meters = meters;
        this.seriesMax = seriesMax;
    }

    /** @param others number of the series that are shown already, and were not found any more */
    void show(Map<Series, Double> found, double others) {
        numbers.replaceAll((series, before) -> found.getOrDefault(series, others));
        found.forEach((series, number) -> {
            if (!numbers.containsKey(series) && shown(series.metric()) < seriesMax) {
                numbers.put(series, number);
                series.metric()
                        .gauge(
                                meters,
                                this,
                                gauges -> gauges.numbers.getOrDefault(series, Double.NaN),
                                series.labels().toArray(String[]::new));
            }
        });
    }

    private long shown(Metric metric) {
        return numbers.keySet().stream()
                .filter(series -> series.metric() == metric)
                .count();
    }
}
