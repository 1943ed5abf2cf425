package ipn.query;

import static ipn.query.AnyRecord.set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.avro.Entitlement;
import ipn.key.EntitlementKey;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Entitlements of some users whose revisions grow, and a caller who remembers the highest of each. */
final class Revisions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USERS = 10;
    private static final String ROLLED_BACK = "rolled-back";

    private final Map<String, Long> highest = new HashMap<>();
    private long answers;

    static String user(long number) {
        return "u_" + number % USERS;
    }

    /** Writes the revision with this number of its user. */
    static void write(PipelineTopics topics, long number) {
        write(topics, number, "premium");
    }

    /** Writes it, but with a product that must never be in an answer. */
    static void writeInVain(PipelineTopics topics, long number) {
        write(topics, number, ROLLED_BACK);
    }

    private static void write(PipelineTopics topics, long number, String product) {
        var entitlement = new AnyRecord(number).of(Entitlement.class);
        var event = entitlement.getLast();
        set(event, "subject", user(number));
        set(event, "entitlement", "premium");
        set(event, "scope", null);
        set(event, "revision", number);
        set(event, "product", product);
        topics.write(TopicCatalogue.ENTITLEMENT_STATE, EntitlementKey.of(event).toString(), entitlement);
    }

    /** What is wrong with an answer about a user, compared with those before; empty: nothing. */
    String check(String user, String answer) {
        answers++;
        if (answer.contains(ROLLED_BACK)) {
            return "%s: was rolled back: %s".formatted(user, answer);
        }
        var before = highest.getOrDefault(user, 0L);
        var now = revision(answer);
        highest.put(user, Math.max(before, now));
        return now < before ? "%s: revision %d after %d".formatted(user, now, before) : "";
    }

    private static long revision(String answer) {
        try {
            var found = JSON.readTree(answer).findValues("entitlements").stream()
                    .flatMap(list -> list.findValues("revision").stream())
                    .mapToLong(JsonNode::asLong)
                    .max();
            return found.orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many answers were compared. */
    long answers() {
        return answers;
    }

    /** The highest revision of all. */
    long newest() {
        return highest.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
