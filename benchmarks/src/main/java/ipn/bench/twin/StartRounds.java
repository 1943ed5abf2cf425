package ipn.bench.twin;

import ipn.bench.compare.Pairs;
import ipn.bench.load.LoadClient;
import ipn.bench.pipeline.Side;
import ipn.bench.pipeline.Timing;
import ipn.polling.Polling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Stops and starts each system, alternately. */
record StartRounds(Contenders contenders) {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /**
     * The time from the start of the processes.
     *
     * @param ready until the health checks of all of them report that they are ready
     * @param flowing until an entitlement is readable that was bought when they were ready
     */
    record Start(double ready, double flowing) {}

    Map<Side, List<Start>> pairs(int count) throws Exception {
        var starts = new EnumMap<Side, List<Start>>(Side.class);
        for (var order : Pairs.orders(List.of(Side.CANDIDATE, Side.BASELINE), count)) {
            for (var side : order) {
                var start = start(contenders.get(side));
                System.err.printf(
                        Locale.ROOT,
                        "%s: ready after %.1f s, first entitlement after %.1f s%n",
                        TwinReport.name(side),
                        start.ready(),
                        start.flowing());
                starts.computeIfAbsent(side, key -> new ArrayList<>()).add(start);
            }
        }
        return starts;
    }

    private Start start(Contender contender) throws Exception {
        contender.stop();
        // the first scenario grants access with its second notification
        var sent = contenders.prepare(contender, 1);
        try (var arrivals = contender.arrivals();
                var client = new LoadClient(contender.url(), 1)) {
            var begin = System.nanoTime();
            contender.startAgain();
            contender.awaitReady();
            var ready = System.nanoTime();
            client.sendAllUntilAnswered(sent.workload().calls());
            if (!Polling.upTo(TIMEOUT).until(() -> !arrivals.readableAt().isEmpty())) {
                throw new IllegalStateException(
                        "%s: no entitlement within %s after its start".formatted(contender.side(), TIMEOUT));
            }
            return new Start(Timing.secondsBetween(begin, ready), Timing.secondsBetween(begin, System.nanoTime()));
        }
    }
}
