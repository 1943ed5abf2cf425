package ipn.query.open;

import static ipn.runtime.metrics.Metric.DEAD_LETTERS_OPEN;
import static ipn.runtime.metrics.Metric.DEAD_LETTERS_OPEN_AMOUNT;
import static ipn.runtime.metrics.Metric.DEAD_LETTERS_OPEN_OLDEST_SECONDS;
import static ipn.runtime.metrics.Metric.DISCREPANCIES_OPEN;
import static ipn.runtime.metrics.Metric.DISCREPANCIES_OPEN_AMOUNT;
import static ipn.runtime.metrics.Metric.DISCREPANCIES_OPEN_OLDEST_SECONDS;

import ipn.runtime.metrics.Metric;

/** One figure about what is open, and the question that answers it: labels, then a number. */
enum OpenFigure {
    LETTERS(DEAD_LETTERS_OPEN, "SELECT reason, count(*) FROM dead_letter_list WHERE status = 'OPEN' GROUP BY 1"),
    LETTERS_OLDEST(DEAD_LETTERS_OPEN_OLDEST_SECONDS, """
            SELECT reason, extract(epoch FROM now() - min(coalesce(first_failed_at, last_failed_at)))
            FROM dead_letter_list WHERE status = 'OPEN' GROUP BY 1"""),
    LETTERS_AMOUNT(DEAD_LETTERS_OPEN_AMOUNT, """
            SELECT reason, currency, sum(amount)
            FROM (SELECT DISTINCT reason, record_key AS payment_key FROM dead_letter_list WHERE status = 'OPEN') letters
            JOIN payments USING (payment_key)
            WHERE live AND currency IS NOT NULL GROUP BY 1, 2"""),
    DISCREPANCIES(DISCREPANCIES_OPEN, "SELECT kind, count(*) FROM discrepancies WHERE state = 'OPEN' GROUP BY 1"),
    DISCREPANCIES_OLDEST(DISCREPANCIES_OPEN_OLDEST_SECONDS, """
            SELECT kind, extract(epoch FROM now() - min(at)) FROM discrepancies WHERE state = 'OPEN' GROUP BY 1"""),
    DISCREPANCIES_AMOUNT(DISCREPANCIES_OPEN_AMOUNT, """
            SELECT kind, currency, sum(amount)
            FROM (SELECT DISTINCT kind, payment_key FROM discrepancies WHERE state = 'OPEN') open
            JOIN payments USING (payment_key)
            WHERE live AND currency IS NOT NULL GROUP BY 1, 2""");

    private final Metric metric;
    private final String sql;

    OpenFigure(Metric metric, String sql) {
        this.metric = metric;
        this.sql = sql;
    }

    Metric metric() {
        return metric;
    }

    String sql() {
        return sql;
    }
}
