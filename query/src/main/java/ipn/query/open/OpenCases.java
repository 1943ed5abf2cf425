package ipn.query.open;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.query.database.Database;
import ipn.query.open.TableGauges.Series;
import ipn.runtime.process.StoppableThread;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Dead letters and discrepancies that wait for a person, as metrics: how many, since when, and the money of their payments. Read from the tables
 * once in a while. While they cannot be read, or are not complete, the metrics have no number.
 */
public final class OpenCases implements AutoCloseable {
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final String UNKNOWN = "unknown";
    /** Of one figure. Labels are codes of closed lists, and currencies; this bounds what other programs may write to the topics. */
    private static final int SERIES_MAX = 500;

    private final Database database;
    private final TableGauges gauges;
    private final Duration every;
    private final StoppableThread thread = new StoppableThread("query-open-cases", this::run);

    private OpenCases(Database database, MeterRegistry meters, Duration every) {
        this.database = database;
        this.every = every;
        this.gauges = new TableGauges(meters, SERIES_MAX);
    }

    /** Begins to read. */
    public static OpenCases start(Database database, MeterRegistry meters) {
        return start(database, meters, USUAL);
    }

    /** As above, in another rhythm. */
    static OpenCases start(Database database, MeterRegistry meters, Duration every) {
        var cases = new OpenCases(database, meters, every);
        cases.thread.start();
        return cases;
    }

    private void run() {
        do {
            gauges.read(database, OpenCases::figures);
        } while (!thread.isClosing(every));
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
                    found.merge(
                            new Series(figure.metric(), List.copyOf(labels)), rows.getDouble(count + 1), Double::sum);
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        thread.close();
    }
}
