package ipn.bench.load;

import ipn.app.IpnConfig;
import ipn.app.Main;
import ipn.app.SettingsSource;
import ipn.bench.measure.ReadyCheck;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Stages on loopback with the built-in settings: broker, registry and each stage in a JVM of its own. */
public final class SeparateStages implements AutoCloseable {
    public static final String PROCESSOR = "processor";
    public static final String PROJECTOR = "projector";
    private static final String INGRESS = "ingress";
    private static final String REGISTRY = "registry";
    private static final String ANOTHER = "-2";
    private static final String ACCESS = "access";

    /** All stages, in the order of their management ports and of their start. */
    private static final List<String> NAMES = List.of(PROCESSOR, PROJECTOR, INGRESS);

    private final Path data;
    private final int port;
    private final Optional<Path> config;
    private final Map<String, String> clock;
    private final Map<String, String> environment;
    private final List<String> launcher;
    /** Broker and registry; empty: they are not of this pipeline. */
    private final Optional<StageProcess> base;

    private final Map<String, StageProcess> stages = new LinkedHashMap<>();
    private final List<StageProcess> others = new ArrayList<>();

    /**
     * What stands between the stages and the rest.
     *
     * @param proxy port at which the stages reach the broker
     * @param config settings file of the stages; empty: the built-in settings
     * @param ofStages more settings of the stages alone, as environment variables
     * @param clock environment of all processes but the ingress, which moves their wall clock: gateways sign the time, and the ingress compares it
     */
    public record Behind(int proxy, Optional<Path> config, Map<String, String> ofStages, Map<String, String> clock) {
        public Behind(int proxy, Optional<Path> config, Map<String, String> ofStages) {
            this(proxy, config, ofStages, Map.of());
        }

        /** Nothing: the stages reach the broker itself. */
        static Behind none(int port) {
            return new Behind(new LoopbackSettings(port).brokerPort(), Optional.empty(), Map.of());
        }
    }

    private SeparateStages(
            Path data,
            int port,
            Behind behind,
            Map<String, String> environment,
            List<String> launcher,
            Optional<StageProcess> base) {
        this.data = data;
        this.port = port;
        this.config = behind.config();
        this.clock = Map.copyOf(behind.clock());
        this.environment = Map.copyOf(environment);
        this.launcher = launcher;
        this.base = base;
    }

    private static SeparateStages start(
            Path data, int port, Map<String, String> overrides, Behind behind, Set<String> names, List<String> launcher)
            throws IOException, InterruptedException {
        var advertised = behind.proxy();
        var settings = new LoopbackSettings(port);
        var ofBase = new HashMap<>(settings.environment(overrides));
        ofBase.put("IPN_EMBEDDED_KAFKA_ADVERTISED_PORT", Integer.toString(advertised));
        ofBase.putAll(behind.clock());
        var ofStages = settings.ofStages(overrides, "127.0.0.1:" + advertised);
        ofStages.put("IPN_EMBEDDED_KAFKA_ADVERTISED_PORT", Integer.toString(advertised));
        ofStages.putAll(behind.ofStages());
        var base = StageProcess.ipn(
                "base",
                data,
                ofBase,
                launcher,
                "--data",
                data.resolve("base").toString(),
                "up",
                "--without",
                "ingress,processor,projector,access,query");
        var stages = new SeparateStages(data, port, behind, ofStages, launcher, Optional.of(base));
        try {
            base.awaitOutput("ready");
            stages.startStages(names);
        } catch (IOException | InterruptedException e) {
            base.close();
            throw e;
        }
        return stages;
    }

    private void startStages(Set<String> names) throws IOException {
        for (var name : NAMES) {
            if (names.contains(name)) {
                stages.put(name, stage(name, name, managementPort(name)));
            }
        }
    }

    /**
     * Stages beside brokers and a registry of others; none is started yet.
     *
     * @param config settings file of the stages
     * @param overrides settings of the stages, as environment variables
     * @param bootstrapServers of the brokers
     */
    public static SeparateStages on(
            Path data, int port, Path config, Map<String, String> overrides, String bootstrapServers) {
        var settings = new LoopbackSettings(port).ofStages(overrides, bootstrapServers);
        var behind = new Behind(new LoopbackSettings(port).brokerPort(), Optional.of(config), Map.of());
        return new SeparateStages(data, port, behind, settings, List.of(), Optional.empty());
    }

    /** Starts all stages; does not wait for them. */
    public void startStages() throws IOException {
        startStages(Set.copyOf(NAMES));
    }

    /**
     * Starts all processes; waits for broker and registry, but not for the stages.
     *
     * @param data folder for records, state and logs
     * @param port of the ingress; the other ports are derived from it
     */
    public static SeparateStages start(Path data, int port) throws IOException, InterruptedException {
        return start(data, port, LoopbackSettings.WITHOUT_BRAKE);
    }

    /**
     * As {@link #start(Path, int)}, with other settings.
     *
     * @param overrides settings of the stages, as environment variables; without any, the brake and what waits are as they are by default
     */
    public static SeparateStages start(Path data, int port, Map<String, String> overrides)
            throws IOException, InterruptedException {
        return start(data, port, overrides, Behind.none(port), Set.copyOf(NAMES), List.of());
    }

    /**
     * As {@link #start(Path, int, Map)}, with proxies that run already, and settings of a file.
     *
     * @param behind its proxy leads to {@link LoopbackSettings#brokerPort}
     * @param overrides settings of all processes, as environment variables
     */
    public static SeparateStages startBehind(Path data, int port, Behind behind, Map<String, String> overrides)
            throws IOException, InterruptedException {
        return start(data, port, overrides, behind, Set.copyOf(NAMES), List.of());
    }

    /**
     * As {@link #start(Path, int)}, with the ingress as the only stage.
     *
     * @param launcher words before the command of each JVM, such as those of {@link ipn.bench.measure.Processors}
     */
    public static SeparateStages startIngress(Path data, int port, List<String> launcher)
            throws IOException, InterruptedException {
        return start(data, port, LoopbackSettings.WITHOUT_BRAKE, Behind.none(port), Set.of(INGRESS), launcher);
    }

    /** As {@link #start(Path, int)}, without any stage. */
    public static SeparateStages startBroker(Path data, int port) throws IOException, InterruptedException {
        return start(data, port, LoopbackSettings.WITHOUT_BRAKE, Behind.none(port), Set.of(), List.of());
    }

    private StageProcess stage(String name, String instance, int managementPort) throws IOException {
        var more = name.equals(INGRESS) ? Map.<String, String>of() : clock;
        return process(instance, managementPort, more, StageProcess.USUAL_OPTIONS, name);
    }

    /**
     * Starts the access service, with compilers and memory as the launcher {@code ipn} starts it, and waits until it is ready.
     *
     * @param options of its JVM, further ones
     */
    public StageProcess startAccess(List<String> options) throws IOException {
        var management = managementPort(INGRESS) + 1;
        var jvm = new ArrayList<>(List.of("-Xmx512m"));
        jvm.addAll(options);
        var access =
                startMore(ACCESS, management, Map.of("IPN_ACCESS_PORT", Integer.toString(accessPort())), jvm, ACCESS);
        ReadyCheck.await(health(management), data);
        return access;
    }

    /**
     * Starts one more process of this pipeline, with its settings and a folder of its own; returns at once. It ends with the pipeline, before the
     * stages.
     *
     * @param name of the process, and of its folder
     * @param more settings, as environment variables
     * @param options of its JVM
     * @param command of {@code ipn}
     */
    public StageProcess startMore(
            String name, int managementPort, Map<String, String> more, List<String> options, String... command)
            throws IOException {
        var process = process(name, managementPort, more, options, command);
        others.add(process);
        return process;
    }

    private StageProcess process(
            String name, int managementPort, Map<String, String> more, List<String> options, String... command)
            throws IOException {
        var own = new HashMap<>(environment);
        own.put("IPN_MANAGEMENT_PORT", Integer.toString(managementPort));
        own.putAll(more);
        var words = StageProcess.command(launcher, options, Main.class, arguments(name, command));
        return StageProcess.start(name, data, own, words);
    }

    /** The port on which the access service listens. */
    public int accessPort() {
        return port + 4;
    }

    /**
     * The arguments of a command of this pipeline, with its settings and a folder of its own.
     *
     * @param instance names the folder
     */
    public String[] arguments(String instance, String... command) {
        var all = new ArrayList<String>();
        all.addAll(List.of(
                "--config",
                config.map(Path::toString).orElse(SettingsSource.BUILT_IN),
                "--data",
                data.resolve(instance).toString()));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    /** The settings of the stages that are not in the file, as environment variables. */
    public Map<String, String> environment() {
        return environment;
    }

    /** The port of health and metrics of a stage. */
    public int managementPort(String name) {
        return port + 101 + NAMES.indexOf(name);
    }

    /** Waits until each stage is ready. */
    public void awaitReady() throws IOException {
        for (var name : stages.keySet()) {
            awaitReady(name);
        }
    }

    /** Waits until a stage is ready: its state is restored then. */
    public void awaitReady(String name) throws IOException {
        ReadyCheck.await(health(managementPort(name)), data);
    }

    /** Waits until all stages are ready, and have restored much state. */
    public void awaitReady(Duration timeout) throws IOException {
        for (var name : stages.keySet()) {
            ReadyCheck.await(health(managementPort(name)), data, timeout);
        }
    }

    private static URI health(int managementPort) {
        return URI.create("http://127.0.0.1:%s/health/ready".formatted(Integer.toString(managementPort)));
    }

    /** Stops the stages as an operator does; broker and registry go on. */
    public void stopStages() {
        stages.values().forEach(StageProcess::close);
    }

    /** Kills all stages with SIGKILL; broker and registry go on. */
    public void killStages() throws InterruptedException {
        for (var stage : stages.values()) {
            stage.kill();
        }
    }

    /** Starts the stages again, after all of them have ended. */
    public void startStagesAgain() throws IOException {
        for (var stage : stages.values()) {
            stage.startAgain();
        }
    }

    /** The URL of the ingress. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The settings of the stages. */
    public SettingsSource source() {
        return new SettingsSource(config, environment);
    }

    /** The settings of the stages. */
    public IpnConfig settings() {
        return IpnConfig.from(source().read(), Path.of("data"));
    }

    /** Starts stages again that have ended by themselves, as a supervisor does. Returns their names. */
    public List<String> startEnded() throws IOException {
        var ended = new ArrayList<String>();
        for (var stage : stages.entrySet()) {
            if (!stage.getValue().alive()) {
                stage.getValue().startAgain();
                ended.add(stage.getKey());
            }
        }
        return ended;
    }

    public StageProcess processor() {
        return process(PROCESSOR);
    }

    public StageProcess projector() {
        return process(PROJECTOR);
    }

    /** @param name of a stage, or of the registry */
    public StageProcess process(String name) {
        return name.equals(REGISTRY) ? base.orElseThrow() : Objects.requireNonNull(stages.get(name), name);
    }

    /** Kills the broker with SIGKILL, and the registry, which ends with it; returns when both run again. */
    public void killBroker() throws IOException, InterruptedException {
        var broker = ProcessHandle.of(brokerId());
        base.orElseThrow().kill();
        broker.ifPresent(ProcessHandle::destroyForcibly);
        base.orElseThrow().startAgain();
        base.orElseThrow().awaitOutput("ready");
    }

    /** Starts another instance of a stage, with a folder of its own. */
    public StageProcess startAnother(String name) throws IOException {
        return stage(name, name + ANOTHER, managementPort(name) + NAMES.size());
    }

    /** Waits until the other instance of a stage is ready. */
    public void awaitReadyAnother(String name) throws IOException {
        ReadyCheck.await(health(managementPort(name) + NAMES.size()), data);
    }

    /** The folder with the state of a stage. */
    public Path state(String name) {
        return data.resolve(name).resolve("state");
    }

    /** The folder in which the broker keeps its log files. */
    public Path brokerRecords() {
        return data.resolve("base").resolve("kafka").resolve("records");
    }

    /** The ids of all processes by name. */
    public Map<String, Long> processIds() throws IOException {
        var ids = new HashMap<String, Long>();
        stages.forEach((name, process) -> ids.put(name, process.pid()));
        ids.put("broker", brokerId());
        ids.put(REGISTRY, base.orElseThrow().pid());
        return ids;
    }

    /** The id of the broker's process. */
    public long brokerId() throws IOException {
        var lines = Files.readAllLines(data.resolve("base").resolve("kafka").resolve("broker.pid"));
        return Long.parseLong(lines.get(0).strip());
    }

    @Override
    public void close() {
        others.forEach(StageProcess::close);
        var reversed = new ArrayList<>(stages.values());
        Collections.reverse(reversed);
        reversed.forEach(StageProcess::close);
        base.ifPresent(StageProcess::close);
    }
}
