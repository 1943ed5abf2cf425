package ipn.query.open;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.query.database.AsOf;
import ipn.query.database.Database;
import ipn.runtime.SafeCause;
import ipn.runtime.metrics.Metric;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gauges whose labels and numbers are read from tables once in a while. Each metric has a bound: series that are found beyond it are not shown. */
final class TableGauges {
    private static final Logger LOG = LoggerFactory.getLogger(TableGauges.class);

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

    /** Finds the numbers. */
    @FunctionalInterface
    interface Numbers {
        Map<Series, Double> in(Connection connection) throws SQLException;
    }

    /** Reads the numbers and shows them; while they cannot be read, or the tables are not complete, there are none. */
    void read(Database database, Numbers numbers) {
        try (var connection = database.read()) {
            var complete = new AsOf().read(connection).isPresent();
            var found = complete ? numbers.in(connection) : Map.<Series, Double>of();
            connection.rollback();
            show(found, complete ? 0 : Double.NaN);
        } catch (SQLException e) {
            show(Map.of(), Double.NaN); // the reader says what is wrong
        } catch (RuntimeException e) {
            show(Map.of(), Double.NaN);
            LOG.atWarn().addKeyValue("cause", SafeCause.describe(e)).log("Metrics could not be read from the tables");
        }
    }

    /** @param others number of the series that are shown already, and were not found any more */
    private void show(Map<Series, Double> found, double others) {
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
