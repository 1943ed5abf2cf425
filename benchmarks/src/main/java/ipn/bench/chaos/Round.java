package ipn.bench.chaos;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What was done to a pipeline under one load, and what came of it.
 *
 * @param seed of the load and of the faults
 * @param operator what an engineer did meanwhile
 * @param done whether the command reported success
 * @param calls to the ingress
 * @param resent calls that were repeated, because they got no answer or 503
 * @param raw records that were stored
 * @param differences from what was expected, as text
 */
record Round(
        long seed,
        List<Healed> faults,
        Operator operator,
        boolean done,
        int calls,
        int resent,
        long raw,
        List<String> differences) {
    Round {
        faults = List.copyOf(faults);
        differences = List.copyOf(differences);
    }

    /** What came of it, for people who watch. */
    String text() {
        return "%s; operator: %s%s; %d calls, %d sent again, %d raw records, %d difference(s)"
                .formatted(
                        faults.stream()
                                .map(each -> "%s healed after %.1f s".formatted(each.fault(), each.seconds()))
                                .collect(Collectors.joining(", ")),
                        operator,
                        done ? "" : " failed",
                        calls,
                        resent,
                        raw,
                        differences.size());
    }

    /**
     * A fault that is over.
     *
     * @param seconds from when all processes ran again until a purchase was entitled
     * @param ended stages that ended by themselves until then, and were started again
     */
    record Healed(Fault fault, double seconds, int ended) {}
}
