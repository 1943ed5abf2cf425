package ipn.conformance;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import ipn.gateway.content.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A local HTTP server in place of a gateway: it sends the responses that a test defines, and records the requests. */
public final class LocalPeer implements AutoCloseable {
    /** One request. */
    public record Request(String method, String path, Map<String, List<String>> headers, Bytes body) {}

    static {
        // otherwise each response on a reused connection waits for a delayed TCP acknowledgement; read only once
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private LocalPeer(HttpServer server, HttpHandler answer) {
        this.server = server;
        server.createContext("/", exchange -> {
            try (exchange) {
                var body = exchange.getRequestBody().readAllBytes();
                requests.add(new Request(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        Bytes.wrap(body)));
                // the handler may read the body again
                exchange.setStreams(new ByteArrayInputStream(body), null);
                answer.handle(exchange);
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    public static LocalPeer overHttps(LocalCertificate certificate, HttpHandler answer) throws Exception {
        var server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        return new LocalPeer(server, answer);
    }

    public static LocalPeer overHttp(HttpHandler answer) throws IOException {
        return new LocalPeer(HttpServer.create(anyPort(), 0), answer);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** @param path with its leading slash */
    public String url(String path) {
        var scheme = server instanceof HttpsServer ? "https" : "http";
        return scheme + "://localhost:" + server.getAddress().getPort() + path;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public static HttpHandler replying(String text) {
        return replying(200, text);
    }

    public static HttpHandler replying(int status, String text) {
        return exchange -> {
            exchange.sendResponseHeaders(status, text.length());
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** Delays a response until the server closes. */
    public void hold() {
        try {
            if (!closing.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
