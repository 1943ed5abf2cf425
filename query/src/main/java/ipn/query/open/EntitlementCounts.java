package ipn.query.open;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.query.database.AsOf;
import ipn.query.database.Database;
import ipn.query.open.ReadNumbers.Series;
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
 * Entitlements by product and status, as metrics. The tables have millions of them and no index for this, so the database counts them at most a
 * hundredth of the time. While they cannot be counted, or are not complete, the metrics have no number.
 */
public final class EntitlementCounts implements AutoCloseable {
    private static final Duration USUAL = Duration.ofMinutes(1);
    private static final int SHARE = 100;
    /** Products that are counted on their own; the settings may name more. */
    private static final int PRODUCTS_MAX = 100;

    private static final String OTHER = "other";
    private static final String COUNT = "SELECT product, status, count(*) FROM entitlements GROUP BY 1, 2";

    private final Database database;
    private final Set<String> products;
    private final ReadNumbers numbers;
    private final Duration every;
    private final StoppableThread thread = new StoppableThread("query-entitlements", this::run);

    private EntitlementCounts(Database database, Set<String> products, MeterRegistry meters, Duration every) {
        this.database = database;
        this.products = products.stream().sorted().limit(PRODUCTS_MAX).collect(Collectors.toUnmodifiableSet());
        this.numbers = new ReadNumbers(meters, Integer.MAX_VALUE);
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
        Duration wait;
        do {
            var began = System.nanoTime();
            read();
            var took = Duration.ofNanos(System.nanoTime() - began);
            wait = took.multipliedBy(SHARE).compareTo(every) > 0 ? took.multipliedBy(SHARE) : every;
        } while (!thread.isClosing(wait));
    }

    private void read() {
        try (var connection = database.read()) {
            var complete = new AsOf().read(connection).isPresent();
            var found = complete ? count(connection) : Map.<Series, Double>of();
            connection.rollback();
            numbers.show(found, complete ? 0 : Double.NaN);
        } catch (SQLException e) {
            numbers.show(Map.of(), Double.NaN); // the reader says what is wrong
        }
    }

    private Map<Series, Double> count(Connection connection) throws SQLException {
        var found = new HashMap<Series, Double>();
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = '5min'");
            try (var rows = statement.executeQuery(COUNT)) {
                while (rows.next()) {
                    var product = rows.getString(1);
                    var labels =
                            List.of(product != null && products.contains(product) ? product : OTHER, rows.getString(2));
                    found.merge(new Series(Metric.ENTITLEMENTS, labels), rows.getDouble(3), Double::sum);
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
