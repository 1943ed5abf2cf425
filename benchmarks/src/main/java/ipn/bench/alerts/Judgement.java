package ipn.bench.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What alerts say of faults that were planted one after the other.
 *
 * @param drills in their order
 * @param firings all alerts of the run
 * @param end of the run
 */
record Judgement(List<Drill> drills, List<Firing> firings, Instant end) {
    Judgement {
        drills = List.copyOf(drills);
        firings = List.copyOf(firings);
    }

    /** The first expected alert that a fault has made fire before it was mended; empty: it was not noticed. */
    Optional<Firing> noticed(Drill drill) {
        return during(drill).stream()
                .filter(each -> drill.fault().expected().contains(each.name()))
                .filter(each -> !each.began().isAfter(drill.mended()))
                .findFirst();
    }

    /** All other alerts that began from when it was planted until the next one was. */
    List<Firing> others(Drill drill) {
        var first = noticed(drill);
        return during(drill).stream()
                .filter(each -> first.isEmpty() || !each.equals(first.get()))
                .toList();
    }

    /** Those of {@link #others} that are neither expected nor true because of this fault, or of the budget that one before it has burnt. */
    List<Firing> unexpected(Drill drill) {
        var allowed = allowed(drill);
        return others(drill).stream()
                .filter(each -> !allowed.contains(each.name()))
                .toList();
    }

    private Set<String> allowed(Drill drill) {
        var allowed = new HashSet<>(drill.fault().expected());
        allowed.addAll(drill.fault().also());
        for (var before : drills.subList(0, drills.indexOf(drill))) {
            AlertFault.BUDGETS.stream()
                    .filter(budget -> before.fault().also().contains(budget)
                            || before.fault().expected().contains(budget))
                    .forEach(allowed::add);
        }
        return allowed;
    }

    private List<Firing> during(Drill drill) {
        var next = drills.indexOf(drill) + 1;
        var until = next < drills.size() ? drills.get(next).planted() : end;
        return firings.stream()
                .filter(each ->
                        !each.began().isBefore(drill.planted()) && each.began().isBefore(until))
                .toList();
    }

    /** Everything that is not as it should be. */
    List<String> differences() {
        var differences = new ArrayList<String>();
        for (var drill : drills) {
            var name = drill.fault().name();
            if (noticed(drill).isEmpty()) {
                differences.add("%s: not noticed (expected: one of %s)"
                        .formatted(name, sorted(drill.fault().expected())));
            }
            unexpected(drill)
                    .forEach(each -> differences.add("%s: %s %s fired (expected: not because of this)"
                            .formatted(name, each.name(), each.labels())));
            if (drill.healed().isEmpty()) {
                differences.add("%s: no entitlement changed after what the runbook says was done".formatted(name));
            }
        }
        return differences;
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
