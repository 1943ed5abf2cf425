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

/** Counts the cases of a run, by gateway and kind of proof. */
final class EvidenceCollector {
    /**
     * One test case that has ended; one that is run again counts once, as it ended last.
     *
     * @param oracles libraries that stood witness
     */
    record Case(String gateway, Proof proof, List<String> oracles, boolean passed) {}

    private final Map<String, Case> cases = new HashMap<>();

    void ended(String uniqueId, Case ended) {
        cases.put(uniqueId, ended);
    }

    /** @param version of a library */
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
