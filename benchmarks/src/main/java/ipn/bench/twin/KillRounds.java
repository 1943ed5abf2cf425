package ipn.bench.twin;

import ipn.bench.load.LoadClient;
import ipn.bench.pipeline.Side;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Kills all processes of a system at the same moment with SIGKILL while notifications arrive, and starts them again at once.
 *
 * @param kills in a round
 * @param interval between two kills, and before the first one
 * @param rate notifications per second
 */
record KillRounds(Contenders contenders, int kills, Duration interval, int rate, int connections) {
    /**
     * What a round has lost and repeated.
     *
     * @param sentAgain calls that were sent again because there was no response, or one with 503
     * @param notStored notifications that were acknowledged and are not stored
     * @param emitted the check of the entitlement events
     * @param outages seconds after each kill in which no entitlement event became readable, the longest interval between two events
     * @param differences all of them as text
     */
    record Result(
            int notifications,
            int sentAgain,
            int notStored,
            EmittedCheck emitted,
            List<Double> outages,
            List<String> differences) {}

    /** One round of each side. */
    Map<Side, Result> run() throws Exception {
        var results = new EnumMap<Side, Result>(Side.class);
        for (var side : Side.values()) {
            results.put(side, run(contenders.get(side)));
        }
        return results;
    }

    private Result run(Contender contender) throws Exception {
        var notifications = (int) (rate * interval.toSeconds() * (kills + 1));
        var sent = contenders.prepare(contender, notifications);
        var killedAt = new ArrayList<Long>();
        try (var client = new LoadClient(contender.url(), connections);
                var arrivals = contender.arrivals()) {
            var killer = new Thread(() -> kill(contender, killedAt), "killer");
            killer.start();
            var sentAgain = client.sendAtRateUntilAnswered(rate, sent.workload().calls());
            killer.join();
            var differences = new ArrayList<String>();
            try (var stages = contender.idle(SentRound.PACE)) {
                if (!stages.await(topics -> {})) {
                    differences.add(contender.side().label() + ": not idle, and without progress for two minutes");
                }
            }
            if (killedAt.size() != kills) {
                differences.add("kills: %s (expected: %s)".formatted(killedAt.size(), kills));
            }
            if (client.unanswered() > 0) {
                differences.add("calls: %s without an answer".formatted(Integer.toString(client.unanswered())));
            }
            var notStored = sent.notStored(client.acknowledgedAt().keySet());
            var emitted = sent.checkEmitted();
            differences.addAll(notStored);
            differences.addAll(emitted.differences());
            return new Result(
                    sent.workload().calls().size(),
                    sentAgain,
                    notStored.size(),
                    emitted,
                    Outages.seconds(List.copyOf(arrivals.readableAt().values()), killedAt),
                    differences);
        }
    }

    private void kill(Contender contender, List<Long> killedAt) {
        try {
            for (var i = 0; i < kills; i++) {
                TimeUnit.NANOSECONDS.sleep(interval.toNanos());
                System.err.println("kill -9 " + TwinReport.name(contender.side()));
                killedAt.add(System.nanoTime());
                contender.kill();
                contender.startAgain();
            }
        } catch (InterruptedException | IOException e) {
            System.err.println(e);
            Thread.currentThread().interrupt();
        }
    }
}
