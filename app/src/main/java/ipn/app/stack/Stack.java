package ipn.app.stack;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import ipn.access.AccessStage;
import ipn.app.IpnConfig;
import ipn.app.RunningStack;
import ipn.app.RunningStack.Postgres;
import ipn.app.SettingsSource;
import ipn.embedded.EmbeddedException;
import ipn.gateway.Accounts;
import ipn.ingress.IngressServer;
import ipn.query.QueryStage;
import ipn.runtime.caller.ListenSettings;
import ipn.runtime.management.ManagementServer;
import ipn.runtime.management.ManagementServer.Check;
import ipn.runtime.metrics.StageMeters;
import ipn.runtime.process.Closing;
import ipn.runtime.process.Ends;
import ipn.runtime.streams.StreamsStage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The embedded pipeline on loopback: the broker in its own JVM, everything else in this one. */
public final class Stack implements AutoCloseable {
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);

    private final Closing closing;
    private final Foundation foundation;
    private final Announcer announcer;
    private final PrometheusMeterRegistry meters;
    private final Map<String, BooleanSupplier> ready = new ConcurrentHashMap<>();
    private final Map<String, Supplier<Optional<String>>> notes = new ConcurrentHashMap<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private volatile @Nullable StreamsStage processor;
    private Supplier<Optional<String>> silence = Optional::empty;
    private @Nullable IngressServer ingress;
    private @Nullable ManagementServer management;
    private @Nullable AccessStage access;
    private @Nullable QueryStage query;
    private Optional<Postgres> postgres = Optional.empty();

    private Stack(Closing closing, Foundation foundation, Announcer announcer) {
        this.closing = closing;
        this.foundation = foundation;
        this.announcer = announcer;
        meters = closing.add("metrics", StageMeters.create()).registry();
        var unused = foundation
                .broker()
                .onExit()
                .thenAccept(code -> ended.complete("the broker stopped with exit code " + code));
    }

    /** Starts everything in the plan and waits until it is ready. */
    public static Stack start(StackPlan plan, Announcer announcer) {
        var closing = new Closing();
        var started = false;
        try {
            var stack = new Stack(closing, Foundation.start(plan, closing, announcer), announcer);
            stack.startStages(plan, announcer);
            closing.add("addresses", stack.addresses().publish(plan.data()));
            started = true;
            return stack;
        } finally {
            if (!started) {
                closing.close();
            }
        }
    }

    /** Starts the stages in reverse order of the flow, so that they stop in the order of the flow. */
    private void startStages(StackPlan plan, Announcer announcer) {
        if (plan.stages().contains(Stage.QUERY)) {
            startQuery();
        }
        if (plan.stages().contains(Stage.ACCESS)) {
            startAccess();
        }
        if (plan.stages().contains(Stage.PROJECTOR)) {
            startProjector();
        }
        if (plan.stages().contains(Stage.PROCESSOR)) {
            launchProcessor(config().accounts());
        }
        management = closing.add("management", ManagementServer.start(config().management(), meters, checks(plan)));
        if (plan.stages().contains(Stage.INGRESS)) {
            startIngress();
        }
        ready.forEach((name, isReady) -> announcer.step(name, () -> await(name, isReady), started -> "ready"));
    }

    private RunningStack addresses() {
        var kafka = config().kafka();
        return new RunningStack(
                kafka.clients().getOrDefault("bootstrap.servers", ""),
                kafka.registry().getOrDefault("schema.registry.url", ""),
                ingress == null ? Optional.empty() : Optional.of(ingressUrl()),
                Optional.of(managementUrl()),
                queryUrl(),
                postgres);
    }

    private List<Check> checks(StackPlan plan) {
        return plan.stages().stream()
                .filter(stage -> stage != Stage.QUERY || query != null)
                .map(stage -> stage.name().toLowerCase(Locale.ROOT))
                .map(name -> new Check(
                        name,
                        () -> ready.getOrDefault(name, () -> false).getAsBoolean(),
                        () -> notes.getOrDefault(name, Optional::empty).get()))
                .toList();
    }

    /** Without a database, the pipeline runs without it. */
    private void startQuery() {
        var failure = new AtomicReference<>("");
        var database = announcer.step(
                "postgresql",
                () -> {
                    try {
                        return Optional.of(foundation.database().await());
                    } catch (EmbeddedException e) {
                        failure.set(String.valueOf(e.getMessage()));
                        return Optional.<QueryDatabase.Running>empty();
                    }
                },
                running -> running.flatMap(QueryDatabase.Running::embedded)
                        .map(Postgres::jdbcUrl)
                        .orElse(running.isPresent() ? "of the settings" : "none, so no query"));
        if (database.isEmpty()) {
            announcer.text().accept("  %s%n".formatted(failure.get()));
            return;
        }
        postgres = database.get().embedded();
        var stage = closing.add("query", database.get().settings().start(config().kafka(), meters));
        query = stage;
        ready.put("query", stage::ready);
        notes.put("query", stage::note);
    }

    private void startAccess() {
        var stage = closing.add("access", AccessStage.start(config().access(), config().kafka(), meters));
        access = stage;
        ready.put("access", stage::ready);
        notes.put("access", stage::note);
    }

    private void startProjector() {
        var config = config();
        var traces = closing.add("traces of the projector", config.projector().startTraces(meters));
        var stage = closing.add("projector", config.projector().start(config.kafka(), meters, traces));
        ready.put("projector", stage::ready);
        notes.put("projector", stage::missing);
        var unused = Ends.of("projector", stage).thenAccept(ended::complete);
    }

    /** Starts or restarts the processor with these accounts; waits until it is ready. */
    public void startProcessor(Accounts accounts) {
        var running = processor;
        if (running == null) {
            announcer.step("processor", () -> await("processor", launchProcessor(accounts)::ready), started -> "ready");
            return;
        }
        running.close();
        await("processor", launchProcessor(accounts)::ready);
    }

    private StreamsStage launchProcessor(Accounts accounts) {
        var settings = config().processor().with(accounts);
        var traces = closing.add("traces of the processor", settings.startTraces(meters));
        var stage = closing.add("processor", settings.start(config().kafka(), meters, traces));
        if (processor == null) {
            closing.add("deferred records", settings.startDeferred(config().kafka(), meters));
            silence = closing.add("watch of silences", settings.startSilenceWatch(config().kafka(), meters))::note;
        }
        closing.add("settings of the processor", settings.watch(meters));
        processor = stage;
        ready.put("processor", stage::ready);
        notes.put(
                "processor", () -> settings.outages().note().or(stage::missing).or(silence));
        return stage;
    }

    private void startIngress() {
        var config = config();
        var traces = closing.add("traces of the ingress", config.ingress().startTraces(meters));
        var server = closing.add("ingress", config.ingress().start(config.kafka(), meters, traces));
        closing.add("settings of the ingress", config.ingress().watch(server, meters));
        ingress = server;
        ready.put("ingress", server::ready);
    }

    private static String await(String name, BooleanSupplier isReady) {
        Waiting.until(name, READY_TIMEOUT, isReady);
        return name;
    }

    /** The settings in use, including the addresses of the embedded parts. */
    public IpnConfig config() {
        return foundation.config();
    }

    /** The source of the settings, to read them again. */
    public SettingsSource settings() {
        return foundation.settings();
    }

    /** URL that notifications are sent to. */
    public URI ingressUrl() {
        var port = ingress == null ? config().ingress().config().listen().port() : ingress.port();
        return URI.create("http://127.0.0.1:" + port);
    }

    /** URL of health and metrics. */
    public URI managementUrl() {
        var port = management == null ? config().management().port() : management.port();
        return URI.create("http://127.0.0.1:" + port);
    }

    /** URL of the access question; empty without that stage. */
    public Optional<URI> accessUrl() {
        return Optional.ofNullable(access).map(stage -> url(config().access().listen(), stage.port()));
    }

    private static URI url(ListenSettings listen, int port) {
        return URI.create("%s://127.0.0.1:%d".formatted(listen.scheme(), port));
    }

    /** URL of operators' questions; empty without query. */
    public Optional<URI> queryUrl() {
        return Optional.ofNullable(query).map(stage -> url(config().query().listen(), stage.port()));
    }

    /** The embedded PostgreSQL; empty if there is none. */
    public Optional<Postgres> postgres() {
        return postgres;
    }

    /** True while every stage of this stack is ready. */
    public boolean ready() {
        return ready.values().stream().allMatch(BooleanSupplier::getAsBoolean);
    }

    /** Completes with a message when a part ends by itself. */
    public CompletableFuture<String> ended() {
        return ended;
    }

    /** Stops the ingress first, which answers the requests in flight, and the broker last. */
    @Override
    public void close() {
        if (!closing.isEmpty()) {
            announcer.text().accept("stopping%n".formatted());
        }
        closing.close();
    }
}
