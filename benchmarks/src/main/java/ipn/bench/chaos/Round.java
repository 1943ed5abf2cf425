package ipn.bench.chaos;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What was done to a pipeline under one load, and what came of it.
 *
 * @param seed of the load and of the faults
 * @param calls to the ingress
 * @param resent calls that were repeated, because they got no answer or 503
 * @param raw records that were stored
 * @param differences from what was expected, as text
 */
record Round(long seed, List<Healed> faults, int calls, int resent, long raw, List<String> differences) {
    Round {
        faults = List.copyOf(faults);
        differences = List.copyOf(differences);
    }

    /** What came of it, for people who watch. */
    String text() {
        return "%s; %d calls, %d sent again, %d raw records, %d difference(s)"
                .formatted(
                        faults.stream()
                                .map(each -> "%s healed after %.1f s".formatted(each.fault(), each.seconds()))
                                .collect(Collectors.joining(", ")),
                        calls,
                        resent,
                        raw,
                        differences.size());
    }

    /** @param seconds from when all processes ran again until a purchase was entitled */
    record Healed(Fault fault, double seconds) {}
}
