package ipn.bench.twin;

import ipn.bench.load.Scenario.ExpectedAccess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Compares the entitlement events of a round with the expected results.
 *
 * @param wrong entitlements whose last event differs from the expected access, or that nobody has bought
 * @param missing revisions that were never emitted though a later one was
 * @param repeated events that were emitted again
 * @param differences all of them as text
 */
record EmittedCheck(int wrong, int missing, int repeated, List<String> differences) {
    /** @param emitted in the order in which a committed reader reads them; all of keys that only this round has */
    static EmittedCheck of(Collection<ExpectedAccess> expected, List<Emitted> emitted) {
        var differences = new ArrayList<String>();
        var last = new HashMap<String, Emitted>();
        var seen = new HashMap<String, HashSet<Long>>();
        var repeated = 0;
        for (var event : emitted) {
            last.merge(event.key(), event, (one, other) -> other.revision() >= one.revision() ? other : one);
            if (!seen.computeIfAbsent(event.key(), key -> new HashSet<>()).add(event.revision())) {
                repeated++;
                differences.add("%s: revision %s again".formatted(event.key(), Long.toString(event.revision())));
            }
        }
        var missing = 0;
        for (var event : last.values()) {
            var gaps = (int) event.revision()
                    - seen.getOrDefault(event.key(), new HashSet<>()).size();
            missing += gaps;
            if (gaps > 0) {
                differences.add("%s: %s revisions missing".formatted(event.key(), Integer.toString(gaps)));
            }
        }
        var wrong = 0;
        for (var access : expected) {
            var actual = last.get(access.stateKey());
            if (actual == null || !access.matches(actual.status(), actual.until())) {
                wrong++;
                differences.add("access: %s (expected: %s)".formatted(actual, access));
            }
        }
        var bought = expected.stream().map(ExpectedAccess::stateKey).collect(Collectors.toSet());
        for (var key : last.keySet()) {
            if (!bought.contains(key)) {
                wrong++;
                differences.add(key + ": granted without a purchase");
            }
        }
        return new EmittedCheck(wrong, missing, repeated, List.copyOf(differences));
    }
}
