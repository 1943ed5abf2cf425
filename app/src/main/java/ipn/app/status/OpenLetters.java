package ipn.app.status;

import ipn.runtime.metrics.Metric;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The dead letters that nobody has replayed or discarded. Only the query stage knows them, and a moment later.
 *
 * @param before the earlier reading: what was emitted since then is new
 */
record OpenLetters(Samples before, Samples now) {
    private static final Map<String, String> FAILED = Map.of("kind", "UNPROCESSABLE");

    /** What is open, for people; empty: nothing, as far as is known. */
    Optional<String> text() {
        var emitted = now.grewSince(before, Metric.PROJECTOR_DEAD_LETTERS, Map.of());
        var open = now.names(Metric.DEAD_LETTERS_OPEN, Map.of(), "reason").stream()
                .filter(reason -> count(reason) > 0)
                .map(reason -> "%s %d".formatted(reason, count(reason)))
                .collect(Collectors.joining(", "));
        if (open.isEmpty()) {
            return emitted
                    ? Optional.of("dead letters are emitted now%s: what they report has no effect".formatted(from()))
                    : Optional.empty();
        }
        return Optional.of("dead letters are open: %s; what they report has no effect%s"
                .formatted(open, emitted ? ", and more are emitted now" + from() : ""));
    }

    /** Whose they are, as far as they came as raw records: the first question of whoever reads this. */
    private String from() {
        var accounts = now.accounts(Metric.PROCESSOR_NOTIFICATIONS, FAILED).stream()
                .filter(account -> now.grewSince(before, Metric.PROCESSOR_NOTIFICATIONS, account))
                .map(account -> account.get("gateway") + "/" + account.get("account"))
                .collect(Collectors.joining(", "));
        return accounts.isEmpty() ? "" : ", from " + accounts;
    }

    /** Each process shows the number of all. */
    private long count(String reason) {
        return (long)
                now.max(Metric.DEAD_LETTERS_OPEN, Map.of("reason", reason)).orElse(0);
    }
}
