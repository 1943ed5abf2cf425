package ipn.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.avro.EntitlementEvent;
import ipn.bench.load.IpnCommand;
import ipn.bench.measure.CommittedRecords;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An engineer who decides while faults happen: grants access, and replays dead letters, also with a command that is killed. */
final class Operator {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int KILLED_AFTER_MILLIS_MIN = 2_000;
    private static final int KILLED_AFTER_MILLIS = 6_000;
    private static final String[] REPLAY = {
        "dlq", "replay", "--all", "--limit", "20", "--by", "operator", "--why", "to see what comes again"
    };

    private final IpnCommand command;
    private final String user;
    private int granted = -1;

    /** @param seed of the round: names the user who is granted access */
    Operator(IpnCommand command, long seed, String run) {
        this.command = command;
        this.user = "granted-%d-%s".formatted(seed, run);
    }

    /** Works as long as it takes; a command that fails because of a fault is not repeated. */
    void work(Random random) throws IOException, InterruptedException {
        granted = command.type(
                        PATIENCE, "grant", user, "premium", "--for", "P1D", "--by", "operator", "--why", "a gift")
                .exit();
        var killedAfter = KILLED_AFTER_MILLIS_MIN + random.nextInt(KILLED_AFTER_MILLIS);
        var unused = command.type(Duration.ofMillis(killedAfter), REPLAY);
        unused = command.type(PATIENCE, REPLAY);
    }

    /** What has not become of the decisions; a grant that was reported as done must have an effect, and none may have two. */
    List<String> differences(KafkaSettings kafka, CommittedRecords reader) {
        var events = new ArrayList<EntitlementEvent>();
        try (var values = kafka.serdes().deserializer(EntitlementEvent.class)) {
            reader.read(TopicCatalogue.ENTITLEMENTS, record -> {
                if (record.key() != null && user.equals(new String(record.key(), UTF_8))) {
                    events.add(values.deserialize(record.topic(), record.value()));
                }
            });
        }
        var least = granted == 0 ? 1 : 0;
        return events.size() >= least && events.size() <= 1
                ? List.of()
                : List.of("%s: %d entitlement event(s) after a grant with exit code %d"
                        .formatted(user, events.size(), granted));
    }
}
