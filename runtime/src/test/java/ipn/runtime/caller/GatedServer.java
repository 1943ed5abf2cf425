package ipn.runtime.caller;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import ipn.runtime.http.BoundedVertx;
import ipn.runtime.process.SettingsWatch;
import ipn.settings.Settings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** A server that answers with the name of the caller: at {@code /orders} to those who write orders, elsewhere to those who ask for access. */
final class GatedServer implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    final Vertx vertx = BoundedVertx.create(1);
    final ListenSettings settings;
    private final CallerGate gate;
    private final HttpServer server;

    /** @param section of the settings, in YAML; its files are in the folder */
    GatedServer(String section, Map<String, String> environment, Path folder) {
        var all = Settings.parse("test: {port: 0, " + section + "}", environment, folder);
        settings = ListenSettings.from(all, new Listener("test", 0, 1_000));
        all.verify();
        gate = new CallerGate(vertx, settings, Clock.systemUTC());
        server = vertx.createHttpServer(
                        new HttpServerConfig()
                                .setVersions(HttpVersion.HTTP_1_1)
                                .setHttp1Config(new Http1ServerConfig().setMaxHeaderSize(32 * 1024))
                                .setTcpHost("127.0.0.1")
                                .setTcpPort(0),
                        settings.sslOptions().orElse(null))
                .requestHandler(this::answer);
        BoundedVertx.await(server.listen(), TIMEOUT);
    }

    GatedServer(String section) {
        this(section, Map.of(), Path.of(""));
    }

    private void answer(HttpServerRequest request) {
        var needed = request.path().equals("/orders")
                ? Role.ORDERS
                : request.path().equals("/people") ? Role.PEOPLE : Role.ACCESS;
        gate.admit(request, needed).onComplete((caller, failure) -> {
            var unused = failure instanceof RefusedException refused
                    ? request.response()
                            .setStatusCode(refused.refusal().status())
                            .end(refused.refusal().name())
                    : request.response().end(caller.name());
        });
    }

    /** Watches its files. */
    SettingsWatch watch(MeterRegistry meters) {
        return settings.watch(
                changed -> {
                    gate.serve(changed);
                    BoundedVertx.await(
                            server.updateSSLOptions(changed.sslOptions().orElseThrow()), TIMEOUT);
                },
                new SettingsWatch.Times(Duration.ofMillis(10), Duration.ZERO),
                meters);
    }

    /** The body of the answer: the name of the caller, or why it is refused. */
    String ask(String path, String... headers) throws IOException, InterruptedException {
        return ask(HttpClient.newHttpClient(), path, headers).body();
    }

    HttpResponse<String> ask(HttpClient client, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("%s://127.0.0.1:%d%s".formatted(settings.scheme(), server.actualPort(), path)))
                .timeout(TIMEOUT);
        return client.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    /** Sends a head as it is; returns the whole response. */
    String raw(String head) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.actualPort())) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.getOutputStream().write((head + "connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        BoundedVertx.await(vertx.close(), TIMEOUT);
    }
}
