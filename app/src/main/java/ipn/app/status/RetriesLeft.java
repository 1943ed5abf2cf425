package ipn.app.status;

import ipn.runtime.metrics.Metric;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * For how long the gateway of an account still sends what was refused, and what of that is known.
 *
 * @param account labels of the account
 */
record RetriesLeft(Samples now, Map<String, String> account) {
    private static final Duration IN_HOURS = Duration.ofHours(12);

    /** Continues a sentence; empty: nobody knows. */
    String text(String status) {
        var left = now.values(Metric.INGRESS_RETRY_LEFT_SECONDS, with("status", status))
                .min();
        var until = left.isEmpty() ? "" : "; %s %s".formatted(account.get("gateway"), until(left.getAsDouble()));
        return until + (status.equals("503") ? unstored() : "");
    }

    private static String until(double seconds) {
        return seconds <= 0
                ? "has given up the first of them"
                : "gives up the first of them in " + hours(Duration.ofSeconds((long) seconds));
    }

    /** Days would be too coarse to decide by, and hours are when few are left. */
    private static String hours(Duration time) {
        if (time.compareTo(IN_HOURS) >= 0) {
            return time.toHours() + " h";
        }
        var minutes = time.toMinutesPart() + " min";
        return time.toHours() > 0 ? time.toHours() + " h " + minutes : minutes;
    }

    private String unstored() {
        var count = (long) now.sum(Metric.INGRESS_UNSTORED, account);
        var money = now.names(Metric.INGRESS_UNSTORED_MONEY, account, "currency").stream()
                .map(this::money)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return count == 0
                ? ""
                : "; %d not stored%s".formatted(count, money.isEmpty() ? "" : ", with payments of " + money);
    }

    private String money(String currency) {
        var sum = now.sum(Metric.INGRESS_UNSTORED_MONEY, with("currency", currency));
        return sum == 0 ? "" : String.format(Locale.ROOT, "%,.2f %s", sum, currency);
    }

    private Map<String, String> with(String label, String value) {
        var labels = new TreeMap<>(account);
        labels.put(label, value);
        return labels;
    }
}
