package ipn.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.evidence.Evidence.Tally;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The JSON form: identical for identical evidence, so that version control shows real changes only. */
public final class EvidenceJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private EvidenceJson() {}

    public static String write(Evidence evidence) {
        var root = JSON.createObjectNode().put("gateway", evidence.gateway());
        var proofs = root.putObject("proofs");
        for (var proof : Proof.values()) {
            if (evidence.proofs().containsKey(proof)) {
                var tally = evidence.tally(proof);
                proofs.putObject(proof.word()).put("passed", tally.passed()).put("failed", tally.failed());
            }
        }
        var oracles = root.putObject("oracles");
        evidence.oracles().forEach(oracles::put);
        try {
            var printer = new DefaultPrettyPrinter().withObjectIndenter(LINES);
            return JSON.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    /** @throws IllegalArgumentException if the text is no conformance report; the message names the field and what was expected */
    public static Evidence read(String json) {
        try {
            var root = JSON.readTree(json);
            var proofs = new EnumMap<Proof, Tally>(Proof.class);
            for (var proof : Proof.values()) {
                var tally = root.path("proofs").path(proof.word());
                if (!tally.isMissingNode()) {
                    proofs.put(proof, new Tally(count(tally, "passed"), count(tally, "failed")));
                }
            }
            Map<String, String> oracles = new TreeMap<>();
            root.path("oracles")
                    .properties()
                    .forEach(oracle -> oracles.put(oracle.getKey(), text(oracle.getValue(), "oracles")));
            return new Evidence(text(root.path("gateway"), "gateway"), proofs, oracles);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("conformance report: malformed (expected: JSON)", e);
        }
    }

    private static int count(JsonNode tally, String name) {
        var count = tally.path(name);
        if (!count.canConvertToInt() || !count.isIntegralNumber() || count.intValue() < 0) {
            throw new IllegalArgumentException(name + ": missing or invalid (expected: a number of test cases)");
        }
        return count.intValue();
    }

    private static String text(JsonNode node, String name) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException(name + ": missing or invalid (expected: a text)");
        }
        return node.textValue();
    }
}
