package ipn.bench.twin;

import ipn.bench.compare.Pairs;
import ipn.bench.load.LoadClient;
import ipn.bench.pipeline.LastChange;
import ipn.bench.pipeline.Meter;
import ipn.bench.pipeline.Round;
import ipn.bench.pipeline.Side;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/** Rounds that measure speed and cost: at full speed, or at a fixed rate. */
final class SpeedRounds {
    private final Contenders contenders;
    private final Meter meter;
    private final int connections;
    private final List<String> differences;
    private SortedMap<String, Double> idle = Collections.emptySortedMap();

    /** @param differences receives what differs from the expected results */
    SpeedRounds(Contenders contenders, Meter meter, int connections, List<String> differences) {
        this.contenders = contenders;
        this.meter = meter;
        this.connections = connections;
        this.differences = differences;
    }

    /** Measures the processor time of each process in one second in which nothing is sent. */
    SortedMap<String, Double> measureIdle() throws InterruptedException {
        idle = meter.idle();
        return idle;
    }

    /** Alternating pairs of rounds. @param rate notifications per second; 0: as fast as the connections allow */
    Pairs<Side, Round> pairs(int count, int notifications, int rate) throws Exception {
        return Pairs.measure(
                List.of(Side.CANDIDATE, Side.BASELINE),
                count,
                side -> round(contenders.get(side), notifications, rate));
    }

    private Round round(Contender contender, int notifications, int rate) throws Exception {
        var sent = contenders.prepare(contender, notifications);
        try (var client = new LoadClient(contender.url(), connections);
                var arrivals = contender.arrivals();
                var stages = contender.idle(SentRound.PACE)) {
            var round = meter.measure(contender.side(), sent.workload().calls().size(), () -> {
                var begin = System.nanoTime();
                if (rate > 0) {
                    client.sendAtRateUntilAnswered(rate, sent.workload().calls());
                } else {
                    client.sendAllUntilAnswered(sent.workload().calls());
                }
                var end = System.nanoTime();
                var last = new LastChange(meter, contender.delayedTopics());
                if (!stages.await(last)) {
                    differences.add(contender.side().label() + ": not idle, and without progress for two minutes");
                }
                var latencies = new Round.Latencies(
                        client.latencyMicros(),
                        arrivals.microsSince(
                                client.acknowledgedAt(), sent.workload().calls()));
                return last.timing(begin, end, rate > 0 ? Optional.of(latencies) : Optional.empty());
            });
            differences.addAll(SentRound.unexpectedStatuses(client));
            differences.addAll(sent.notStored(client.acknowledgedAt().keySet()));
            differences.addAll(sent.checkEmitted().differences());
            print(round);
            return round.withDelayed(idle);
        }
    }

    private static void print(Round round) {
        System.err.printf(
                Locale.ROOT,
                "%s: %,d notifications, sent in %.1f s, %.1f s, %.0f per second%n",
                TwinReport.name(round.side()),
                round.notifications(),
                round.sendSeconds(),
                round.seconds(),
                round.rate());
    }
}
