package ipn.bench.chaos;

import ipn.app.BuildSchemas;
import ipn.bench.load.LoopbackSettings;
import ipn.bench.load.SeparateStages;
import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import ipn.embedded.EmbeddedRegistry;
import ipn.operations.schema.SchemaAdmin;
import ipn.operations.topic.TopicAdmin;
import ipn.runtime.process.Closing;
import ipn.simulator.GatewayStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * Three brokers, each also a controller, each in a JVM of its own; each record is on all of them, and two must have it before it counts as
 * written. Before each is a proxy for the stages. The registry and the gateway stand-in run in this JVM.
 */
final class BrokerCluster implements Brokers {
    private static final int BROKERS = 3;
    private static final String REPLICAS = Integer.toString(BROKERS);
    private static final String WRITTEN = "2";
    private static final Duration START_TIMEOUT = Duration.ofMinutes(4);

    private final List<EmbeddedBroker> brokers = new ArrayList<>();
    private final List<BrokerLink> links = new ArrayList<>();
    private final Closing closing = new Closing();

    private BrokerCluster() {}

    /** The ports of the brokers, from the first: theirs, those of their proxies, of their controllers, and for each other. */
    private record Ports(int first) {
        int broker(int index) {
            return first + index;
        }

        int link(int index) {
            return first + BROKERS + index;
        }

        int controller(int index) {
            return first + 2 * BROKERS + index;
        }

        int eachOther(int index) {
            return first + 3 * BROKERS + index;
        }
    }

    /**
     * Starts all; returns when the brokers are ready.
     *
     * @param port the first of twelve in a row
     */
    static BrokerCluster start(Path data, int port) throws IOException {
        var ports = new Ports(port);
        var cluster = new BrokerCluster();
        var id = Uuid.randomUuid().toString();
        for (var index = 0; index < BROKERS; index++) {
            Files.writeString(Files.createDirectories(folder(data, index)).resolve("cluster.id"), id);
            cluster.links.add(cluster.closing.add("link", BrokerLink.start(ports.link(index), ports.broker(index))));
        }
        // none is ready before a majority of controllers runs
        cluster.brokers.addAll(together(IntStream.range(0, BROKERS)
                .mapToObj(index -> CompletableFuture.supplyAsync(
                        () -> EmbeddedBroker.start(folder(data, index), ports.broker(index), options(ports, index))))
                .toList()));
        cluster.brokers.forEach(broker -> cluster.closing.add("broker", broker));
        return cluster;
    }

    private static Path folder(Path data, int index) {
        return data.resolve("broker-" + (index + 1));
    }

    private static BrokerOptions options(Ports ports, int index) {
        var voters = IntStream.range(0, BROKERS)
                .mapToObj(each -> "%d@127.0.0.1:%d".formatted(each + 1, ports.controller(each)))
                .collect(Collectors.joining(","));
        return BrokerOptions.defaults()
                .forLongRun()
                .startWithin(START_TIMEOUT)
                .with("node.id", Integer.toString(index + 1))
                .with("controller.quorum.voters", voters)
                // among themselves brokers do not use the proxies
                .with("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,BROKERS:PLAINTEXT,CONTROLLER:PLAINTEXT")
                .with("inter.broker.listener.name", "BROKERS")
                .with(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:%d,BROKERS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                .formatted(ports.broker(index), ports.eachOther(index), ports.controller(index)))
                .with(
                        "advertised.listeners",
                        "PLAINTEXT://127.0.0.1:%d,BROKERS://127.0.0.1:%d"
                                .formatted(ports.link(index), ports.eachOther(index)))
                .with("offsets.topic.replication.factor", REPLICAS)
                .with("transaction.state.log.replication.factor", REPLICAS)
                .with("transaction.state.log.min.isr", WRITTEN)
                .with("min.insync.replicas", WRITTEN);
    }

    private static <T> List<T> together(List<CompletableFuture<T>> all) {
        return all.stream().map(CompletableFuture::join).toList();
    }

    /** Starts what the stages need beside brokers, makes topics and schemas, and starts the stages. */
    SeparateStages startStages(Path data, int port, SettingsFile file) throws IOException {
        var settings = new HashMap<>(LoopbackSettings.WITHOUT_BRAKE);
        settings.put("IPN_TOPICS_REPLICATION", REPLICAS);
        var loopback = new LoopbackSettings(port);
        closing.add("registry", EmbeddedRegistry.start(data.resolve("schemas.json"), loopback.registryPort()));
        closing.add("stand-in", GatewayStandIn.start(loopback.standInPort()));
        var stages = SeparateStages.on(data, port, file.path(), settings, bootstrapServers());
        var config = stages.settings();
        TopicAdmin.apply(config.kafka());
        var schemas = BuildSchemas.of(
                config.kafka().topics(), config.projector().configuration().applicationId());
        new SchemaAdmin(config.kafka(), schemas).apply();
        stages.startStages();
        return stages;
    }

    /** Those that clients begin with. */
    private String bootstrapServers() {
        return links.stream().map(link -> "127.0.0.1:" + link.port()).collect(Collectors.joining(","));
    }

    @Override
    public boolean several() {
        return true;
    }

    @Override
    public BrokerLink link(Random random) {
        return links.get(random.nextInt(BROKERS));
    }

    @Override
    public long pid(Random random) {
        return brokers.get(random.nextInt(BROKERS)).pid();
    }

    @Override
    public void kill(Random random) {
        var broker = brokers.get(random.nextInt(BROKERS));
        broker.killHard();
        broker.restart();
    }

    @Override
    public void killFor(int count, int millis, Random random) throws InterruptedException {
        var shuffled = new ArrayList<>(brokers);
        Collections.shuffle(shuffled, random);
        var some = shuffled.subList(0, count);
        some.forEach(EmbeddedBroker::killHard);
        TimeUnit.MILLISECONDS.sleep(millis);
        var unused = together(some.stream()
                .map(broker -> CompletableFuture.runAsync(broker::restart))
                .toList());
    }

    @Override
    public void roll() {
        brokers.forEach(EmbeddedBroker::restart);
    }

    @Override
    public void close() {
        closing.close();
    }
}
