package ipn.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry on loopback for clients of Confluent's interface, with subjects, versions and ids in one file. A new
 * version must be compatible in both directions with every earlier version.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int BODY_BYTES_MAX = 1024 * 1024;
    private static final int THREADS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // Without it, the JDK's server waits 40 ms with each response on a connection that is used again.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService workers;
    private final RegistryRoutes routes;

    private EmbeddedRegistry(HttpServer server, RegistryRoutes routes) {
        this.server = server;
        this.routes = routes;
        this.workers = Executors.newFixedThreadPool(THREADS, work -> {
            var thread = new Thread(work, "schema-registry");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts a registry.
     *
     * @param file of schemas and their ids; created if it does not exist
     * @param port to listen on at 127.0.0.1; 0: a free one
     * @throws EmbeddedException if the port is taken or the file cannot be read
     */
    public static EmbeddedRegistry start(Path file, int port) {
        var routes = new RegistryRoutes(RegistryStore.open(file));
        try {
            var registry = new EmbeddedRegistry(HttpServer.create(Ports.at(port), 0), routes);
            registry.server.setExecutor(registry.workers);
            registry.server.createContext("/", registry::handle);
            registry.server.start();
            return registry;
        } catch (BindException e) {
            throw new EmbeddedException(
                    "port %d: already in use (expected: a free port; stop what listens there or choose another with --registry-port)"
                            .formatted(port),
                    e);
        } catch (IOException e) {
            throw new EmbeddedException("port %d: cannot listen on it (expected: a free port)".formatted(port), e);
        }
    }

    /** The value of {@code schema.registry.url}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            var path = exchange.getRequestURI().getRawPath();
            var query = exchange.getRequestURI().getRawQuery();
            var answer = routes.answer(exchange.getRequestMethod(), path, query == null ? "" : query, body(exchange));
            reply(exchange, 200, answer);
        } catch (RegistryException e) {
            reply(exchange, e.status(), Map.of("error_code", e.code(), "message", String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .log("Embedded schema registry failed to answer a request; the client gets status 500");
            reply(exchange, 500, Map.of("error_code", 50001, "message", "Error in the backend data store"));
        }
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        var bytes = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
        if (bytes.length > BODY_BYTES_MAX) {
            throw RegistryException.tooLarge(BODY_BYTES_MAX);
        }
        try {
            return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw RegistryException.badRequest("body: not JSON (expected: {\"schema\": ...})");
        }
    }

    private static void reply(HttpExchange exchange, int status, Object answer) throws IOException {
        var bytes = answer instanceof Schema schema
                ? schema.toString().getBytes(StandardCharsets.UTF_8)
                : JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** A decoded path segment. A plus sign in a path is no space. */
    static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
