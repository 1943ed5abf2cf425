package ipn.bench.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of one fault.
 *
 * @param fault what was planted
 * @param planted when
 * @param status what {@code ipn status} named while it lasted
 * @param mended when what the runbook says was done
 * @param typed what was done
 * @param healed from then on, until a notification changed an entitlement; empty: it did not
 * @param before names of alerts that fired already when it was planted
 */
record Drill(
        AlertFault.Known fault,
        Instant planted,
        List<String> status,
        Instant mended,
        List<String> typed,
        Optional<Duration> healed,
        List<String> before) {
    Drill {
        status = List.copyOf(status);
        typed = List.copyOf(typed);
        before = List.copyOf(before);
    }
}
