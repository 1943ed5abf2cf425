package ipn.access;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import ipn.access.http.Body;
import ipn.access.http.Problem;
import ipn.access.http.ReadAudit;
import ipn.access.order.OrderRoutes;
import ipn.client.Access;
import ipn.runtime.SafeCause;
import ipn.runtime.caller.CallerGate;
import ipn.runtime.caller.ListenSettings;
import ipn.runtime.http.BoundedVertx;
import ipn.runtime.http.HeadLimits;
import ipn.runtime.http.HeadLimits.Refusal;
import ipn.runtime.http.StrictRequestDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for the access question on one port, with one server per event loop and a bound on every size and time. */
public final class AccessServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessServer.class);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final long AUDIT_MILLIS = 10_000;
    private static final HeadLimits HEAD_LIMITS = new HeadLimits(
            DEADLINE,
            50,
            new Refusal("408 Request Timeout", "{\"status\":408}", () -> {}),
            new Refusal("431 Request Header Fields Too Large", "{\"status\":431}", () -> {}));
    private static final Map<Integer, Problem> PROBLEMS = Map.of(
            400, Problem.badRequest("request: cannot be read"),
            404, new Problem(404, "NOT_FOUND", "path: unknown (expected: one of docs/access.yaml)"),
            405, new Problem(405, "METHOD_NOT_ALLOWED", "method: wrong for this path"),
            408, new Problem(408, "TOO_SLOW", "request: took too long to arrive"),
            413,
                    new Problem(
                            413,
                            "TOO_LARGE",
                            "body: too large (expected: at most %d bytes)".formatted(Body.BYTES_MAX)));

    private final Vertx vertx;
    private final AccessConfig config;
    private final AccessRoutes routes;
    private final Optional<OrderRoutes> orders;
    private final CallerGate gate;
    private final ReadAudit audit = new ReadAudit();
    private final Http1ServerConfig http1 =
            new Http1ServerConfig().setMaxHeaderSize(16 * 1024).setMaxInitialLineLength(8 * 1024);
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    private AccessServer(AccessConfig config, Access access, Optional<OrderRoutes> orders) {
        this.config = config;
        this.orders = orders;
        this.vertx = BoundedVertx.create(config.eventLoops());
        gate = new CallerGate(vertx, config.listen(), Clock.systemUTC());
        vertx.setPeriodic(AUDIT_MILLIS, id -> audit.flush());
        routes = new AccessRoutes(access, config.signer(), config.url());
    }

    /** Starts to listen, without orders. */
    public static AccessServer start(AccessConfig config, Access access) {
        return start(config, access, Optional.empty());
    }

    /** Starts to listen. */
    public static AccessServer start(AccessConfig config, Access access, Optional<OrderRoutes> orders) {
        var server = new AccessServer(config, access, orders);
        try {
            var each = new DeploymentOptions().setInstances(config.eventLoops());
            BoundedVertx.await(server.vertx.deployVerticle(() -> new Loop(server), each), Duration.ofSeconds(30));
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** One event loop with its server. */
    private record Loop(AccessServer server) implements Deployable {
        @Override
        public Future<?> deploy(Context context) {
            return server.listen().onSuccess(server.servers::add);
        }

        @Override
        public Future<?> undeploy(Context context) {
            return Future.succeededFuture();
        }
    }

    private Future<HttpServer> listen() {
        var listen = config.listen();
        var address = listen.port() == 0
                ? SocketAddress.sharedRandomPort(1, listen.host()) // one free port for all event loops
                : SocketAddress.inetSocketAddress(listen.port(), listen.host());
        var options = new HttpServerConfig()
                .setVersions(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1)
                .setHttp1Config(http1)
                .setIdleTimeout(Duration.ofSeconds(60));
        return vertx.createHttpServer(options, listen.sslOptions().orElse(null))
                .connectionHandler(connection -> StrictRequestDecoder.install(connection, http1, HEAD_LIMITS))
                .requestHandler(router())
                .listen(address);
    }

    private Router router() {
        var router = Router.router(vertx);
        PROBLEMS.forEach((status, problem) -> router.errorHandler(status, problem::send));
        router.errorHandler(500, AccessServer::bug);
        router.route().handler(TimeoutHandler.create(DEADLINE.toMillis(), 408));
        router.route().handler(new CallerHandler(gate, audit));
        router.route().handler(BodyHandler.create(false).setBodyLimit(Body.BYTES_MAX));
        routes.mount(router);
        orders.ifPresent(each -> each.mount(router));
        return router;
    }

    private static void bug(RoutingContext context) {
        LOG.atError().setCause(SafeCause.forLog(context.failure())).log("A request failed");
        new Problem(500, "FAILED", "a bug in this program").send(context);
    }

    /** The port it listens on. */
    public int port() {
        return servers.get(0).actualPort();
    }

    /** From now on it has these callers, and this certificate. */
    public void serve(ListenSettings listen) {
        gate.serve(listen);
        listen.sslOptions()
                .ifPresent(options ->
                        servers.forEach(each -> BoundedVertx.await(each.updateSSLOptions(options), STOP_TIMEOUT)));
    }

    @Override
    public void close() {
        BoundedVertx.await(vertx.close(), STOP_TIMEOUT);
        audit.close();
    }
}
