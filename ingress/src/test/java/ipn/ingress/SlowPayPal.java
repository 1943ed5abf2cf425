package ipn.ingress;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** PayPal's side of the post-back. It answers each request after 100 ms, and verifies the messages with the mark. */
final class SlowPayPal implements AutoCloseable {
    /** Value of {@code verify_sign} in PayPal's own messages. */
    static final String MARK = "PayPals-own";

    private static final long DELAY_MILLIS = 100;

    static {
        // otherwise each response on a reused connection waits for a delayed TCP acknowledgement; read only once
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ExecutorService readers = Executors.newFixedThreadPool(4);
    private final ScheduledExecutorService writers = Executors.newScheduledThreadPool(2);
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;

    SlowPayPal() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answerLater);
        server.setExecutor(readers);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/cgi-bin/webscr";
    }

    int requests() {
        return requests.get();
    }

    private void answerLater(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        var answer = body.contains("verify_sign=" + MARK) ? "VERIFIED" : "INVALID";
        var unused = writers.schedule(() -> answer(exchange, answer), DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void answer(HttpExchange exchange, String answer) {
        try (exchange) {
            exchange.sendResponseHeaders(200, answer.length());
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            exchange.close(); // the ingress did not wait for the answer
        }
    }

    @Override
    public void close() {
        server.stop(0);
        readers.shutdownNow();
        writers.shutdownNow();
    }
}
