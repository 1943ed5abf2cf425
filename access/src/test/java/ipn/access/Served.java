package ipn.access;

import io.vertx.core.json.JsonObject;
import ipn.access.order.OrderRoutes;
import ipn.client.Access;
import ipn.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A server on a free port, and a client of it. */
public final class Served implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final AccessServer server;

    private Served(AccessServer server) {
        this.server = server;
    }

    /** With the settings of the section {@code access}, in one line of YAML. */
    public static Served with(String section, Map<String, String> environment, Access access) {
        return with(section, environment, access, Optional.empty());
    }

    /** The same, with orders. */
    public static Served with(
            String section, Map<String, String> environment, Access access, Optional<OrderRoutes> orders) {
        var settings = Settings.parse("access: {port: 0, event-loops: 1" + section + "}", environment, Path.of(""));
        var config = AccessConfig.from(settings, Path.of("unused"));
        settings.verify();
        return new Served(AccessServer.start(config, access, orders));
    }

    /** Without authentication. */
    public static Served of(Access access) {
        return with("", Map.of(), access);
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** GET of a path that is encoded already. */
    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** POST of JSON. */
    public HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** The body of a response as JSON. */
    public static JsonObject json(HttpResponse<String> response) {
        return new JsonObject(response.body());
    }

    /** A request, to which more can be added. */
    public HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Sends a request. */
    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
