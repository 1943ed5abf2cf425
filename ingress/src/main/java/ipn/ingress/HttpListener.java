package ipn.ingress;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.WebSocketServerConfig;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import ipn.ingress.http.ErrorResponse;
import ipn.ingress.http.HeadRules;
import ipn.runtime.http.BoundedVertx;
import ipn.runtime.http.HeadLimits;
import ipn.runtime.http.HeadLimits.Refusal;
import ipn.runtime.http.StrictRequestDecoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Listens for HTTP/1 requests on one port, with one server per event loop and a bound on every size and time. */
final class HttpListener {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final long PROBE_MILLIS = 20;

    private final Vertx vertx;
    private final IngressConfig config;
    private final IngressMetrics metrics;
    private final Connections connections;
    private final EarlyRefusals.Shared refusals;
    private final HeadLimits headLimits;
    private final Http1ServerConfig http1 =
            new Http1ServerConfig().setMaxHeaderSize(16 * 1024).setMaxInitialLineLength(4 * 1024);
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    /** @param onHeadRefused runs for each connection that is closed because of its head, before a request could be handled */
    HttpListener(
            Vertx vertx,
            IngressConfig config,
            IngressMetrics metrics,
            Connections connections,
            EarlyRefusals.Shared refusals,
            Consumer<ErrorResponse> onHeadRefused) {
        this.vertx = vertx;
        this.config = config;
        this.metrics = metrics;
        this.connections = connections;
        this.refusals = refusals;
        this.headLimits = new HeadLimits(
                config.times().head(),
                HeadRules.FIELDS_MAX,
                refusal("Request Timeout", ErrorResponse.TOO_SLOW, onHeadRefused),
                refusal("Request Header Fields Too Large", ErrorResponse.HEADERS_TOO_LARGE, onHeadRefused));
    }

    private static Refusal refusal(String phrase, ErrorResponse response, Consumer<ErrorResponse> onHeadRefused) {
        return new Refusal(response.status() + " " + phrase, response.body(), () -> onHeadRefused.accept(response));
    }

    /** Listens, or throws if the port is taken. */
    void listen(Handler<HttpServerRequest> requests, Handler<HttpServerRequest> unreadable) {
        var each = new DeploymentOptions().setInstances(config.listen().eventLoops());
        BoundedVertx.await(vertx.deployVerticle(() -> new Loop(this, requests, unreadable), each), START_TIMEOUT);
    }

    /** One event loop with its server. */
    private record Loop(
            HttpListener listener, Handler<HttpServerRequest> requests, Handler<HttpServerRequest> unreadable)
            implements Deployable {
        @Override
        public Future<?> deploy(Context context) {
            listener.probeLag();
            return listener.server(requests, unreadable)
                    .listen(listener.address())
                    .onSuccess(listener.servers::add);
        }

        @Override
        public Future<?> undeploy(Context context) {
            return Future.succeededFuture();
        }
    }

    int port() {
        return servers.get(0).actualPort();
    }

    /** Accepts no new connections, waits for requests in flight, and closes the rest after the timeout. */
    void shutdown(Duration timeout) {
        var all = servers.stream().map(server -> server.shutdown(timeout)).toList();
        BoundedVertx.await(Future.join(all).otherwiseEmpty(), timeout.plusSeconds(5));
    }

    private SocketAddress address() {
        var listen = config.listen();
        return listen.port() == 0
                ? SocketAddress.sharedRandomPort(1, listen.host()) // one free port for all event loops
                : SocketAddress.inetSocketAddress(listen.port(), listen.host());
    }

    private HttpServer server(Handler<HttpServerRequest> requests, Handler<HttpServerRequest> unreadable) {
        // no HTTP/2, not even in clear text; no decompression; 100 Continue only after the headers are checked
        var options = new HttpServerConfig()
                .setVersions(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1)
                .setHttp1Config(http1)
                // without them, two handlers less see each request
                .setWebSocketConfig(new WebSocketServerConfig()
                        .setUsePerFrameCompression(false)
                        .setUsePerMessageCompression(false))
                .setIdleTimeout(config.times().idle())
                .setHandle100ContinueAutomatically(false);
        options.getTcpConfig().setAcceptBacklog(1024);
        var loop = new EarlyRefusals(refusals);
        return vertx.createHttpServer(options, tls())
                .connectionHandler(connection -> accept(connection, loop))
                .invalidRequestHandler(unreadable)
                .requestHandler(requests);
    }

    private @Nullable ServerSSLOptions tls() {
        return config.listen()
                .tls()
                .map(files -> new ServerSSLOptions()
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(files.certificate())
                                .setKeyPath(files.key()))
                        // a connection is counted only after its handshake
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setSslHandshakeTimeout(config.times().head().toMillis()))
                .orElse(null);
    }

    private void accept(HttpConnection connection, EarlyRefusals loop) {
        if (connections.accept(connection, loop.admission())) {
            var decoder = StrictRequestDecoder.install(connection, http1, headLimits);
            decoder.precededBy(new EarlyRefusal(loop, connections.peer(connection), decoder));
        }
    }

    private void probeLag() {
        var expected = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PROBE_MILLIS);
        vertx.setTimer(PROBE_MILLIS, timer -> {
            metrics.lag().record(Math.max(0, System.nanoTime() - expected), TimeUnit.NANOSECONDS);
            probeLag();
        });
    }
}
