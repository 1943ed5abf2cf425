package ipn.conformance.evidence;

import ipn.evidence.Evidence;
import ipn.evidence.Evidence.Tally;
import ipn.evidence.Proof;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Counts the test cases of a run by gateway and kind of proof. */
final class EvidenceCollector {
    /**
     * The result of one test case. A repeated test case counts once, with its last result.
     *
     * @param oracles vendor libraries that the test compares with
     */
    record Case(String gateway, Proof proof, List<String> oracles, boolean passed) {}

    private final Map<String, Case> cases = new HashMap<>();

    void ended(String uniqueId, Case ended) {
        cases.put(uniqueId, ended);
    }

    /** @param version returns the version of a library */
    Evidence of(String gateway, Function<String, String> version) {
        var proofs = new EnumMap<Proof, Tally>(Proof.class);
        var oracles = new TreeMap<String, String>();
        for (var each : cases.values()) {
            if (each.gateway().equals(gateway)) {
                proofs.merge(each.proof(), Tally.NONE.and(each.passed()), (all, one) -> all.and(each.passed()));
                each.oracles().forEach(oracle -> oracles.computeIfAbsent(oracle, version));
            }
        }
        return new Evidence(gateway, proofs, oracles);
    }
}
