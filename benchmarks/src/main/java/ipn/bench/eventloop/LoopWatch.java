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
import ipn.polling.Polling;
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
 * Starts an ingress, sends deliveries of one gateway at a fixed rate, and measures its event loops meanwhile.
 *
 * @param kafka the Kafka that the ingress writes to
 * @param rate deliveries per second, open loop
 * @param connections the number of keep-alive connections
 */
record LoopWatch(KafkaSettings kafka, MeasuredGateway gateway, int rate, int connections) {
    private static final String LAG = "ipn.ingress.event.loop.lag";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final int PROBES_PER_LOOP = 2;

    /** @param wrapper changes the account that the ingress uses */
    LoopLags measure(int seconds, UnaryOperator<GatewayAccount> wrapper) throws InterruptedException {
        var registry = registry();
        var settings = Settings.parse("ingress: {port: 0}", Map.of(), Path.of(""));
        var config = IngressConfig.from(settings);
        settings.verify();
        var account = wrapper.apply(gateway.account());
        var accounts =
                new Accounts(Map.of(account.id().gateway() + "/" + account.id().account(), account));
        var clock = Clock.fixed(gateway.now(), ZoneOffset.UTC);
        var existing = LoopThreads.all();
        try (var ingress = IngressServer.start(config, accounts, kafka, registry, clock)) {
            awaitReady(ingress);
            var loops = LoopThreads.all().without(existing);
            if (loops.count() != config.listen().eventLoops()) {
                throw new IllegalStateException("event loops: %d (expected: %d)"
                        .formatted(loops.count(), config.listen().eventLoops()));
            }
            try (var client = new LoadClient(URI.create("http://127.0.0.1:" + ingress.port()), connections);
                    var idle = new IdleThread();
                    var peer = new IdlePeer();
                    var peerProbe = new LoopProbe(peer.port(), PROBES_PER_LOOP * loops.count(), loops);
                    var probe = new LoopProbe(ingress.port(), PROBES_PER_LOOP * loops.count(), loops)) {
                client.sendAtRate(rate, calls(seconds));
                var lag = registry.get(LAG).timer().takeSnapshot();
                return new LoopLags(
                        new LoopLags.Percentiles(
                                lag.percentileValues()[0].value(TimeUnit.MILLISECONDS),
                                lag.percentileValues()[1].value(TimeUnit.MILLISECONDS),
                                lag.max(TimeUnit.MILLISECONDS)),
                        LoopLags.Percentiles.of(probe.roundTripMicros()),
                        LoopLags.Percentiles.of(probe.blockedMicros()),
                        LoopLags.Percentiles.of(idle.lagMicros()),
                        LoopLags.Percentiles.of(peerProbe.roundTripMicros()),
                        LoopLags.Percentiles.of(client.latencyMicros()),
                        client.statuses().getOrDefault(IngressCall.Kind.GENUINE, Map.of()));
            }
        }
    }

    /** The same delivery many times: the ingress does not detect duplicates. */
    private List<IngressCall> calls(int seconds) {
        var headers = new HashMap<String, String>();
        gateway.delivery().headers().forEach((name, values) -> headers.put(name, values.get(0)));
        headers.putIfAbsent(
                "content-type", gateway.account().contentTypes().iterator().next());
        var id = gateway.account().id();
        var call = new IngressCall(
                id.gateway(),
                "",
                IngressCall.Kind.GENUINE,
                new Outgoing(headers, gateway.delivery().body()));
        return Collections.nCopies(rate * seconds, call);
    }

    /** A registry with percentiles of the lag over the whole run. */
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

    private static void awaitReady(IngressServer ingress) {
        if (!Polling.upTo(START_TIMEOUT).until(ingress::ready)) {
            throw new IllegalStateException("the ingress is not ready after %d s".formatted(START_TIMEOUT.toSeconds()));
        }
    }
}
