package ipn.query.open;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.query.database.AsOf;
import ipn.query.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Dead letters and discrepancies that wait for a person, as metrics: how many, since when, and the money of their payments. Read from the tables
 * once in a while. While they cannot be read, or are not complete, the metrics have no number.
 */
public final class OpenCases implements AutoCloseable {
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final String UNKNOWN = "unknown";
    /** Of one figure. Labels are codes of closed lists and currencies; whatever else the topics may bring is left out beyond this. */
    private static final int SERIES_MAX = 500;

    private final Database database;
    private final MeterRegistry meters;
    private final Map<Series, Double> numbers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "query-open-cases");
        thread.setDaemon(true);
        return thread;
    });

    private record Series(OpenFigure figure, List<String> labels) {}

    private OpenCases(Database database, MeterRegistry meters) {
        this.database = database;
        this.meters = meters;
    }

    /** Begins to read. */
    public static OpenCases start(Database database, MeterRegistry meters) {
        return start(database, meters, USUAL);
    }

    /** As above, in another rhythm. */
    static OpenCases start(Database database, MeterRegistry meters, Duration every) {
        var cases = new OpenCases(database, meters);
        var unused = cases.timer.scheduleWithFixedDelay(cases::read, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return cases;
    }

    private void read() {
        try (var connection = database.read()) {
            var complete = new AsOf().read(connection).isPresent();
            var found = complete ? figures(connection) : Map.<Series, Double>of();
            connection.rollback();
            show(found, complete ? 0 : Double.NaN);
        } catch (SQLException e) {
            show(Map.of(), Double.NaN); // the reader says what is wrong
        }
    }

    private static Map<Series, Double> figures(Connection connection) throws SQLException {
        var found = new HashMap<Series, Double>();
        for (var figure : OpenFigure.values()) {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(figure.sql())) {
                var count = figure.metric().labels().size();
                while (rows.next()) {
                    var labels = new ArrayList<String>();
                    for (var column = 1; column <= count; column++) {
                        labels.add(Objects.requireNonNullElse(rows.getString(column), UNKNOWN));
                    }
                    found.merge(new Series(figure, List.copyOf(labels)), rows.getDouble(count + 1), Double::sum);
                }
            }
        }
        return found;
    }

    /** @param others number of the series that are shown already, and were not found any more */
    private void show(Map<Series, Double> found, double others) {
        numbers.replaceAll((series, before) -> found.getOrDefault(series, others));
        found.forEach((series, number) -> {
            if (!numbers.containsKey(series) && shown(series.figure()) < SERIES_MAX) {
                numbers.put(series, number);
                series.figure()
                        .metric()
                        .gauge(
                                meters,
                                this,
                                cases -> cases.numbers.getOrDefault(series, Double.NaN),
                                series.labels().toArray(String[]::new));
            }
        });
    }

    private long shown(OpenFigure figure) {
        return numbers.keySet().stream()
                .filter(series -> series.figure() == figure)
                .count();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
