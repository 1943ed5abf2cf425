package ipn.bench.twin;

import ipn.bench.load.LoadClient;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.Scenario;
import ipn.bench.load.Scenarios;
import ipn.bench.load.StoredCalls;
import ipn.bench.load.Workload;
import ipn.bench.measure.StagesIdle;
import ipn.simulator.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The notifications of one round, and how the results are compared with them.
 *
 * @param begins where the outputs of this round begin
 */
record SentRound(Contender contender, Workload workload, Map<TopicPartition, Long> begins) {
    /** Rare requests, so that waiting costs little; the end of a round is late by at most one interval. */
    static final StagesIdle.Pace PACE = new StagesIdle.Pace(Duration.ofMillis(100), Duration.ofSeconds(2));

    /** What a gateway delivers again though it was acknowledged, as a share of all notifications. */
    private static final double REDELIVERED = 0.1;

    /**
     * Signs the notifications.
     *
     * @param tag part of every id, different in each round
     */
    static SentRound prepare(
            Contender contender, int notifications, String tag, long seed, Map<String, Sender> senders) {
        var start = Scenarios.recentStart();
        var workload = Workload.create(
                new Workload.Plan(notifications, REDELIVERED, 0, 0, seed),
                new TwinScenarios(tag, start)::scenario,
                senders,
                Instant.now());
        return new SentRound(contender, workload, contender.ends());
    }

    /** Compares the entitlements with the expected results, when the contender is idle. */
    EmittedCheck checkEmitted() {
        var expected = workload.scenarios().stream()
                .map(Scenario::access)
                .flatMap(access -> access.stream())
                .toList();
        return EmittedCheck.of(expected, contender.emitted(begins));
    }

    /** Notifications that were acknowledged and that the contender has not stored. */
    List<String> notStored(Set<String> acknowledged) {
        return StoredCalls.differences(workload.calls(), acknowledged, contender.storedEventKeys(begins));
    }

    /** Responses that were not expected. */
    static List<String> unexpectedStatuses(LoadClient client) {
        return LoadCommand.unexpectedStatuses(client);
    }
}
