package ipn.query.open;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.query.database.Database;
import ipn.query.open.TableGauges.Series;
import ipn.runtime.metrics.Metric;
import ipn.runtime.process.StoppableThread;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Entitlements by product and status, as metrics. There can be millions of rows, and no index helps to count them, so the database spends at most a
 * hundredth of its time on this. While they cannot be counted, or are not complete, the metrics have no number.
 */
public final class EntitlementCounts implements AutoCloseable {
    private static final Duration USUAL = Duration.ofMinutes(1);
    private static final int SHARE = 100;
    /** Products that are counted on their own; the settings may name more. */
    private static final int PRODUCTS_MAX = 100;

    private static final String OTHER = "other";
    private static final String COUNT =
            "SELECT product, status, count(*) FROM entitlements WHERE NOT test GROUP BY 1, 2";

    private final Database database;
    private final Set<String> products;
    private final TableGauges gauges;
    private final Duration every;
    private final StoppableThread thread = new StoppableThread("query-entitlements", this::run);
    /** Of the last query, also if it failed. */
    private Duration queryTime = Duration.ZERO;

    private EntitlementCounts(Database database, Set<String> products, MeterRegistry meters, Duration every) {
        this.database = database;
        this.products = products.stream().sorted().limit(PRODUCTS_MAX).collect(Collectors.toUnmodifiableSet());
        this.gauges = new TableGauges(meters, Integer.MAX_VALUE);
        this.every = every;
    }

    /**
     * Begins to count.
     *
     * @param products of the settings; all others are one
     */
    public static EntitlementCounts start(Database database, Set<String> products, MeterRegistry meters) {
        return start(database, products, meters, USUAL);
    }

    /** As above, in another rhythm. */
    static EntitlementCounts start(Database database, Set<String> products, MeterRegistry meters, Duration every) {
        var counts = new EntitlementCounts(database, products, meters, every);
        counts.thread.start();
        return counts;
    }

    private void run() {
        do {
            queryTime = Duration.ZERO;
            gauges.read(database, this::count);
        } while (!thread.isClosing(pause()));
    }

    private Duration pause() {
        var rest = queryTime.multipliedBy(SHARE);
        return rest.compareTo(every) > 0 ? rest : every;
    }

    private Map<Series, Double> count(Connection connection) throws SQLException {
        var began = System.nanoTime();
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = '5min'");
            var found = new HashMap<Series, Double>();
            try (var rows = statement.executeQuery(COUNT)) {
                while (rows.next()) {
                    var product = rows.getString(1);
                    var labels =
                            List.of(product != null && products.contains(product) ? product : OTHER, rows.getString(2));
                    found.merge(new Series(Metric.ENTITLEMENTS, labels), rows.getDouble(3), Double::sum);
                }
            }
            return found;
        } finally {
            // without the wait for a connection of the pool, which costs the database nothing
            queryTime = Duration.ofNanos(System.nanoTime() - began);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
