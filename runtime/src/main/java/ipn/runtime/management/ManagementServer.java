package ipn.runtime.management;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import ipn.runtime.http.BoundedVertx;
import ipn.runtime.http.HeadLimits;
import ipn.runtime.http.HeadLimits.Refusal;
import ipn.runtime.http.StrictRequestDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Serves {@code /health/live}, {@code /health/ready} and {@code /metrics} on a port and threads of its own, so that it
 * answers while the stage is busy. One server is for all stages of a JVM.
 */
public final class ManagementServer implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final HeadLimits HEAD_LIMITS = new HeadLimits(
            DEADLINE,
            50,
            new Refusal("408 Request Timeout", "{\"status\":408}", () -> {}),
            new Refusal("431 Request Header Fields Too Large", "{\"status\":431}", () -> {}));
    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Vertx vertx = BoundedVertx.create(1);
    private final PrometheusMeterRegistry registry;
    private final List<Check> checks;
    private final HttpServer server;

    /**
     * One condition of readiness.
     *
     * @param name of lower-case letters and dashes, such as {@code ingress}
     * @param ready may block for a moment, and must not throw
     * @param note what an operator should know, ready or not; must not throw
     */
    public record Check(String name, BooleanSupplier ready, Supplier<Optional<String>> note) {
        /** A condition without notes. */
        public Check(String name, BooleanSupplier ready) {
            this(name, ready, Optional::empty);
        }

        public Check {
            if (!name.matches("[a-z][a-z-]*")) {
                throw new IllegalArgumentException("name: " + name + " (expected: lower-case letters and dashes)");
            }
        }
    }

    private record Reply(int status, String contentType, String body) {}

    /** Starts to listen. {@code /health/ready} answers 200 while every check holds. */
    public static ManagementServer start(
            ManagementConfig config, PrometheusMeterRegistry registry, List<Check> checks) {
        return new ManagementServer(config, registry, checks);
    }

    private ManagementServer(ManagementConfig config, PrometheusMeterRegistry registry, List<Check> checks) {
        this.registry = registry;
        this.checks = List.copyOf(checks);
        var http1 = new Http1ServerConfig();
        server = vertx.createHttpServer(new HttpServerConfig()
                        .setVersions(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1)
                        .setHttp1Config(http1)
                        .setIdleTimeout(Duration.ofSeconds(60))
                        .setTcpHost(config.host())
                        .setTcpPort(config.port()))
                .connectionHandler(connection -> StrictRequestDecoder.install(connection, http1, HEAD_LIMITS))
                .requestHandler(this::handle);
        try {
            BoundedVertx.await(server.listen(), Duration.ofSeconds(30));
        } catch (RuntimeException e) {
            BoundedVertx.await(vertx.close(), DEADLINE);
            throw e;
        }
    }

    private void handle(HttpServerRequest request) {
        var path = String.valueOf(request.path());
        if (!List.of("/health/live", "/health/ready", "/metrics").contains(path)) {
            answer(request, new Reply(404, JSON, "{\"status\":404}"));
        } else if (!request.method().equals(HttpMethod.GET)) {
            request.response().putHeader("allow", "GET");
            answer(request, new Reply(405, JSON, "{\"status\":405}"));
        } else if (path.equals("/health/live")) {
            answer(request, new Reply(200, JSON, "{\"live\":true}"));
        } else {
            offLoop(request, path.equals("/metrics") ? this::metrics : this::readiness);
        }
    }

    private Reply metrics() {
        return new Reply(200, PROMETHEUS, registry.scrape(PROMETHEUS));
    }

    private Reply readiness() {
        var states = checks.stream()
                .collect(Collectors.toMap(Check::name, check -> check.ready().getAsBoolean()));
        var ready = !states.containsValue(false);
        var named = states.entrySet().stream()
                .map(state -> "\"%s\":%s".formatted(state.getKey(), state.getValue()))
                .sorted()
                .collect(Collectors.joining(","));
        return new Reply(ready ? 200 : 503, JSON, "{\"ready\":%s,\"checks\":{%s}%s}".formatted(ready, named, notes()));
    }

    /** Only where there are any. */
    private String notes() {
        var notes = checks.stream()
                .flatMap(check -> check.note().get().stream()
                        .map(note ->
                                "\"%s\":\"%s\"".formatted(check.name(), note.replaceAll("[\\\\\"\\p{Cntrl}]", " "))))
                .sorted()
                .collect(Collectors.joining(","));
        return notes.isEmpty() ? "" : ",\"notes\":{" + notes + "}";
    }

    private void offLoop(HttpServerRequest request, Callable<Reply> work) {
        var late = new Reply(503, JSON, "{\"ready\":false,\"checks\":{}}");
        var timer = vertx.setTimer(DEADLINE.toMillis(), elapsed -> answer(request, late));
        vertx.executeBlocking(work).onComplete((reply, failure) -> {
            vertx.cancelTimer(timer);
            answer(request, failure == null ? reply : late);
        });
    }

    private static void answer(HttpServerRequest request, Reply reply) {
        if (!request.response().ended() && !request.response().closed()) {
            var unused = request.response()
                    .setStatusCode(reply.status())
                    .putHeader("content-type", reply.contentType())
                    .end(reply.body());
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        BoundedVertx.await(vertx.close(), DEADLINE);
    }
}
