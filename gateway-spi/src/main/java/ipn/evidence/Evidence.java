package ipn.evidence;

import ipn.gateway.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a gateway's tests have shown, as the last complete run of them counted it: the resource {@code <name>.conformance.json}
 * beside the gateway's class, which the tests of a build write. Whoever ships the jar vouches for it.
 *
 * @param proofs how many test cases there are of each kind; kinds without any are absent
 * @param oracles vendors' libraries that stood witness: {@code group:artifact} and its version
 */
public record Evidence(String gateway, Map<Proof, Tally> proofs, Map<String, String> oracles) {
    /** Shown in place of the version of a library that does not declare one. */
    public static final String UNKNOWN_VERSION = "unknown";

    /** Test cases of one kind. */
    public record Tally(int passed, int failed) {
        public static final Tally NONE = new Tally(0, 0);

        /** With one more case. */
        public Tally and(boolean pass) {
            return pass ? new Tally(passed + 1, failed) : new Tally(passed, failed + 1);
        }
    }

    public Evidence {
        proofs = new TreeMap<>(proofs);
        oracles = new TreeMap<>(oracles);
    }

    public Tally tally(Proof proof) {
        return proofs.getOrDefault(proof, Tally.NONE);
    }

    /** True where something was shown, and nothing was shown to be wrong. */
    public boolean holds() {
        return !proofs.isEmpty() && proofs.values().stream().allMatch(tally -> tally.failed() == 0);
    }

    /** Where a gateway's report lies, beside its class. */
    public static String resource(Gateway gateway) {
        return gateway.name() + ".conformance.json";
    }

    /**
     * Reads the report in the resources of a gateway; empty if there is none.
     *
     * @throws IllegalArgumentException if the file is not a report of this gateway
     */
    public static Optional<Evidence> find(Gateway gateway) {
        try (var in = gateway.getClass().getResourceAsStream(resource(gateway))) {
            if (in == null) {
                return Optional.empty();
            }
            var evidence = EvidenceJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            if (!evidence.gateway().equals(gateway.name())) {
                throw new IllegalArgumentException("gateway: another one (expected: %s)".formatted(gateway.name()));
            }
            return Optional.of(evidence);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
