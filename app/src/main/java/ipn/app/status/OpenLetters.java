package ipn.app.status;

import ipn.runtime.metrics.Metric;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The dead letters that nobody has replayed or discarded. Only the query stage knows them, and a moment later.
 *
 * @param emitted whether new ones came between the readings
 */
record OpenLetters(Samples now, boolean emitted) {
    /** What is open, for people; empty: nothing, as far as is known. */
    Optional<String> text() {
        var open = now.names(Metric.DEAD_LETTERS_OPEN, Map.of(), "reason").stream()
                .filter(reason -> count(reason) > 0)
                .map(reason -> "%s %d".formatted(reason, count(reason)))
                .collect(Collectors.joining(", "));
        if (open.isEmpty()) {
            return emitted
                    ? Optional.of("dead letters are emitted now: what they report has no effect")
                    : Optional.empty();
        }
        return Optional.of("dead letters are open: %s; what they report has no effect%s"
                .formatted(open, emitted ? ", and more are emitted now" : ""));
    }

    /** Each process shows the number of all. */
    private long count(String reason) {
        return (long)
                now.max(Metric.DEAD_LETTERS_OPEN, Map.of("reason", reason)).orElse(0);
    }
}
