package ipn.evidence;

import ipn.gateway.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The results of a gateway's conformance tests in the last complete run: the resource {@code <name>.conformance.json} in the
 * package of the gateway's class, which the tests of a build write. The publisher of the jar is responsible for it.
 *
 * @param proofs number of test cases by kind; kinds without test cases are absent
 * @param oracles vendor libraries that the tests compare with: {@code group:artifact} and its version
 */
public record Evidence(String gateway, Map<Proof, Tally> proofs, Map<String, String> oracles) {
    /** Replaces the version of a library that does not declare one. */
    public static final String UNKNOWN_VERSION = "unknown";

    /** Number of test cases of one kind. */
    public record Tally(int passed, int failed) {
        public static final Tally NONE = new Tally(0, 0);

        /** Adds one test case. */
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

    /** True if there is at least one test case and none failed. */
    public boolean holds() {
        return !proofs.isEmpty() && proofs.values().stream().allMatch(tally -> tally.failed() == 0);
    }

    /** Name of the report's resource, relative to the gateway's class. */
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
                throw new IllegalArgumentException("gateway: another gateway (expected: %s)".formatted(gateway.name()));
            }
            return Optional.of(evidence);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
