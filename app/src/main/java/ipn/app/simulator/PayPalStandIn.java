package ipn.app.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Stands in for the address where PayPal is asked whether a message is its own. Answers VERIFIED only to what the simulator
 * signed: {@code verify_sign} must be the HMAC of the other bytes. Loopback only.
 */
public final class PayPalStandIn implements AutoCloseable {
    /** Of the built-in settings; it protects nothing. */
    public static final String TEST_KEY = "test_paypal-stand-in-key-0000000000";

    private static final String QUESTION = "cmd=_notify-validate&";
    private static final Pattern SIGNED = Pattern.compile("(.*)&verify_sign=([0-9a-f]{64})");
    private static final int BODY_BYTES_MAX = 2 * 1024 * 1024;

    private final HttpServer server;
    private final ExecutorService threads;

    private PayPalStandIn(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** @param port 0: any free one */
    public static PayPalStandIn start(int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        var threads = Executors.newFixedThreadPool(4, task -> {
            var thread = new Thread(task, "paypal-stand-in");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/cgi-bin/webscr", PayPalStandIn::answer);
        server.start();
        return new PayPalStandIn(server, threads);
    }

    /** Where to ask. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/cgi-bin/webscr");
    }

    /** What {@code verify_sign} must be for these bytes. */
    static String sign(String body, byte[] key) {
        return HexFormat.of().formatHex(Hmac.sha256(key, body.getBytes(UTF_8)));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var question = new String(exchange.getRequestBody().readNBytes(BODY_BYTES_MAX), UTF_8);
            var answer = (own(question) ? "VERIFIED" : "INVALID").getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static boolean own(String question) {
        var signed = SIGNED.matcher(question.startsWith(QUESTION) ? question.substring(QUESTION.length()) : "");
        return signed.matches()
                && sign(signed.group(1), TEST_KEY.getBytes(UTF_8)).equals(signed.group(2));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
