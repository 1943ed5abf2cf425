package ipn.bench.eventloop;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.bench.gateway.MeasuredGateway;
import ipn.bench.load.IngressCall;
import ipn.bench.load.LoadClient;
import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.ingress.IngressConfig;
import ipn.ingress.IngressServer;
import ipn.settings.Settings;
import ipn.simulator.Outgoing;
import ipn.topics.KafkaSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Sends one gateway's deliveries to an ingress of its own, at a fixed rate, and watches the event loops meanwhile.
 *
 * @param kafka where the ingress writes
 * @param rate deliveries per second, due whatever the answers do
 * @param connections keep-alive
 */
record LoopWatch(KafkaSettings kafka, MeasuredGateway gateway, int rate, int connections) {
    private static final String LAG = "ipn.ingress.event.loop.lag";
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final int PROBES_PER_LOOP = 2;

    /** @param how the account as the ingress is to know it */
    LoopLags during(int seconds, UnaryOperator<GatewayAccount> how) throws InterruptedException {
        var registry = registry();
        var settings = Settings.parse("ingress: {port: 0}", Map.of(), Path.of(""));
        var config = IngressConfig.from(settings);
        settings.verify();
        var account = how.apply(gateway.account());
        var accounts =
                new Accounts(Map.of(account.id().gateway() + "/" + account.id().account(), account));
        var clock = Clock.fixed(gateway.now(), ZoneOffset.UTC);
        var others = LoopThreads.all();
        try (var ingress = IngressServer.start(config, accounts, kafka, registry, clock)) {
            awaitReady(ingress);
            var loops = LoopThreads.all().without(others);
            if (loops.count() != config.listen().eventLoops()) {
                throw new IllegalStateException("event loops: " + loops.count() + " found");
            }
            try (var battery = new LoadClient(URI.create("http://127.0.0.1:" + ingress.port()), connections);
                    var idle = new IdleThread();
                    var peer = new IdlePeer();
                    var peerProbe = new LoopProbe(peer.port(), PROBES_PER_LOOP * loops.count(), loops);
                    var probe = new LoopProbe(ingress.port(), PROBES_PER_LOOP * loops.count(), loops)) {
                battery.fireAt(rate, shots(seconds));
                var lag = registry.get(LAG).timer().takeSnapshot();
                return new LoopLags(
                        new LoopLags.Seen(
                                lag.percentileValues()[0].value(TimeUnit.MILLISECONDS),
                                lag.percentileValues()[1].value(TimeUnit.MILLISECONDS),
                                lag.max(TimeUnit.MILLISECONDS)),
                        LoopLags.Seen.of(probe.roundTripMicros()),
                        LoopLags.Seen.of(probe.heldMicros()),
                        LoopLags.Seen.of(idle.lagMicros()),
                        LoopLags.Seen.of(peerProbe.roundTripMicros()),
                        LoopLags.Seen.of(battery.latencyMicros()),
                        battery.statuses().getOrDefault(IngressCall.Kind.GENUINE, Map.of()));
            }
        }
    }

    /** The one delivery, again and again: the ingress remembers none. */
    private List<IngressCall> shots(int seconds) {
        var headers = new HashMap<String, String>();
        gateway.delivery().headers().forEach((name, values) -> headers.put(name, values.get(0)));
        headers.putIfAbsent(
                "content-type", gateway.account().contentTypes().iterator().next());
        var id = gateway.account().id();
        var shot = new IngressCall(
                id.gateway(),
                "",
                IngressCall.Kind.GENUINE,
                new Outgoing(headers, gateway.delivery().body()));
        return Collections.nCopies(rate * seconds, shot);
    }

    /** Keeps the lag of a whole run, with percentiles. */
    private static SimpleMeterRegistry registry() {
        var registry = new SimpleMeterRegistry();
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals(LAG)
                        ? DistributionStatisticConfig.builder()
                                .percentiles(0.5, 0.99)
                                .percentilePrecision(3)
                                .expiry(Duration.ofHours(1))
                                .build()
                                .merge(config)
                        : config;
            }
        });
        return registry;
    }

    private static void awaitReady(IngressServer ingress) throws InterruptedException {
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!ingress.ready()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the ingress is not ready after " + START_PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
