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

/** A gateway's answering side on this machine: it says what a test wants, and keeps what it was asked. */
public final class LocalPeer implements AutoCloseable {
    /** One question. */
    public record Asked(String method, String path, Map<String, List<String>> headers, Bytes body) {}

    static {
        // else every answer on a connection that is kept waits for a delayed acknowledgement; read at the first server
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private LocalPeer(HttpServer server, HttpHandler answer) {
        this.server = server;
        server.createContext("/", exchange -> {
            try (exchange) {
                var body = exchange.getRequestBody().readAllBytes();
                asked.add(new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        Bytes.wrap(body)));
                // the answer may depend on it
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

    /** @param path from the slash on */
    public String url(String path) {
        var scheme = server instanceof HttpsServer ? "https" : "http";
        return scheme + "://localhost:" + server.getAddress().getPort() + path;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public static HttpHandler saying(String text) {
        return saying(200, text);
    }

    public static HttpHandler saying(int status, String text) {
        return exchange -> {
            exchange.sendResponseHeaders(status, text.length());
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** Holds an answer back until the server closes. */
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
