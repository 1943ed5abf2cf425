package ipn.bench.alerts;

import ipn.bench.chaos.BrokerLink;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.LoopbackSettings;
import ipn.bench.load.SeparateStages;
import ipn.bench.load.StageProcess;
import ipn.bench.measure.ReadyCheck;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A pipeline as it runs in production, with proxies where its network can be broken, a canary, and an ordinary load. */
final class Scene implements AutoCloseable {
    private final SeparateStages stages;
    private final SceneFiles files;
    private final Links links;
    private final Purchases purchases;
    private final OrdinaryLoad load;
    private final Transcript transcript;

    /** Proxies before the broker, the registry and the stand-in of gateways that are asked. */
    private record Links(BrokerLink broker, BrokerLink registry, BrokerLink standIn) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            broker.close();
            registry.close();
            standIn.close();
        }
    }

    /** Ports, from that of the ingress. */
    private record Ports(int ingress) {
        int ofRegistry() {
            return ingress + 2;
        }

        int ofStandIn() {
            return ingress + 3;
        }

        int brokerLink() {
            return ingress + 4;
        }

        int registryLink() {
            return ingress + 5;
        }

        int standInLink() {
            return ingress + 6;
        }

        int access() {
            return ingress + 7;
        }

        int accessManagement() {
            return ingress + 110;
        }

        int canaryManagement() {
            return ingress + 111;
        }
    }

    private Scene(
            SeparateStages stages,
            SceneFiles files,
            Links links,
            Purchases purchases,
            OrdinaryLoad load,
            Transcript transcript) {
        this.stages = stages;
        this.files = files;
        this.links = links;
        this.purchases = purchases;
        this.load = load;
        this.transcript = transcript;
    }

    /**
     * Starts all; returns when the stages are ready.
     *
     * @param data folder for records, state and logs
     * @param port of the ingress; the other ports are derived from it
     * @param rate calls per second
     * @param warmUp load before it returns
     */
    static Scene start(Path data, int port, int rate, Duration warmUp) throws IOException, InterruptedException {
        var ports = new Ports(port);
        var files = SceneFiles.create(data.resolve("settings"), ports.access());
        var links = new Links(
                BrokerLink.start(ports.brokerLink(), new LoopbackSettings(port).brokerPort()),
                BrokerLink.start(ports.registryLink(), ports.ofRegistry()),
                BrokerLink.start(ports.standInLink(), ports.ofStandIn()));
        var behind = new SeparateStages.Behind(ports.brokerLink(), Optional.of(files.settings()), ofStages(ports));
        UsualWeeks.write(
                data.resolve("processor").resolve("state"), "ipn-processor", Purchases.GATEWAYS, Instant.now());
        var stages = SeparateStages.startBehind(data, port, behind, Map.of());
        stages.awaitReady();
        var unused =
                stages.startMore("access", ports.accessManagement(), Map.of(), StageProcess.USUAL_OPTIONS, "access");
        unused = stages.startMore(
                "canary",
                ports.canaryManagement(),
                Map.of(),
                StageProcess.USUAL_OPTIONS,
                "canary",
                "--url",
                stages.url().toString(),
                "--metrics-port",
                Integer.toString(ports.canaryManagement()));
        ReadyCheck.await(metrics(ports.accessManagement()), data);
        ReadyCheck.await(metrics(ports.canaryManagement()), data);
        var purchases = new Purchases(LoadCommand.senders(stages.source()));
        var load = OrdinaryLoad.start(stages.url(), purchases, rate);
        TimeUnit.MILLISECONDS.sleep(warmUp.toMillis());
        return new Scene(stages, files, links, purchases, load, new Transcript(stages, data));
    }

    private static Map<String, String> ofStages(Ports ports) {
        var standIn = "http://127.0.0.1:" + Integer.toString(ports.standInLink());
        return Map.of(
                "IPN_SCHEMA_REGISTRY_URL",
                "http://127.0.0.1:" + Integer.toString(ports.registryLink()),
                "IPN_GATEWAYS_PAYPAL_IPN_MAIN_VERIFY_URL",
                standIn + "/cgi-bin/webscr",
                "IPN_INGRESS_REFUNDS_PER_SECOND",
                "100");
    }

    private static URI metrics(int port) {
        return URI.create("http://127.0.0.1:%s/metrics".formatted(Integer.toString(port)));
    }

    /** The ports at which metrics are read. */
    List<Integer> managementPorts() {
        var ports = new Ports(stages.url().getPort());
        return List.of(
                stages.managementPort("ingress"),
                stages.managementPort(SeparateStages.PROCESSOR),
                stages.managementPort(SeparateStages.PROJECTOR),
                ports.accessManagement(),
                ports.canaryManagement());
    }

    SeparateStages stages() {
        return stages;
    }

    SceneFiles files() {
        return files;
    }

    BrokerLink broker() {
        return links.broker();
    }

    BrokerLink registry() {
        return links.registry();
    }

    BrokerLink standIn() {
        return links.standIn();
    }

    Purchases purchases() {
        return purchases;
    }

    OrdinaryLoad load() {
        return load;
    }

    Transcript transcript() {
        return transcript;
    }

    /** Sends a notification all the way, and starts stages that have ended; empty: it has not changed an entitlement in that time. */
    Optional<Duration> untilEntitled(Duration patience) throws IOException, InterruptedException {
        var began = System.nanoTime();
        while (System.nanoTime() - began < patience.toNanos()) {
            startEnded();
            if (transcript
                            .quietly("canary", "--once", "--url", stages.url().toString())
                            .exit()
                    == 0) {
                return Optional.of(Duration.ofNanos(System.nanoTime() - began));
            }
        }
        return Optional.empty();
    }

    /** Starts stages that have ended, as a supervisor does. */
    void startEnded() throws IOException {
        for (var ended : stages.startEnded()) {
            transcript.did(ended + " had ended, and is started again");
        }
    }

    /** The port at which the stages reach the broker. */
    int brokerPort() {
        return new Ports(stages.url().getPort()).brokerLink();
    }

    @Override
    public void close() throws IOException {
        load.close();
        links.broker().pass();
        links.registry().pass();
        links.standIn().pass();
        stages.close();
        links.close();
    }
}
