package ipn.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import ipn.gateway.content.Bytes;
import ipn.settings.Settings;
import ipn.simulator.signing.Hmac;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Answers requests to gateways: it verifies PayPal's IPN messages, and serves the documents that notifications refer to. It has
 * the documents that never change and those that senders registered. Loopback only.
 */
public final class GatewayStandIn implements AutoCloseable {
    /** Marks the messages of the simulated PayPal IPN. It is public and protects nothing. */
    public static final String TEST_KEY = "test_paypal-stand-in-key-0000000000";

    private static final String VERIFICATION = "cmd=_notify-validate&";
    private static final Pattern SIGNED = Pattern.compile("(.*)&verify_sign=([0-9a-f]{64})");
    private static final int BODY_BYTES_MAX = 2 * 1024 * 1024;

    static {
        // otherwise the JDK's server waits 40 ms for each response to be acknowledged; it reads this property once
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private GatewayStandIn(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** @param port 0 for any free port */
    public static GatewayStandIn start(int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        var threads = Executors.newFixedThreadPool(4, task -> {
            var thread = new Thread(task, "gateway-stand-in");
            thread.setDaemon(true);
            return thread;
        });
        var documents = new StandInDocuments();
        Simulator.gateways().forEach(gateway -> gateway.documents().forEach(documents::addPermanent));
        server.setExecutor(threads);
        server.createContext("/cgi-bin/webscr", GatewayStandIn::verify);
        server.createContext("/", exchange -> answer(exchange, documents));
        server.start();
        return new GatewayStandIn(server, threads);
    }

    /** The root address, which serves documents. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The address that verifies PayPal's IPN messages. */
    public URI verifyUrl() {
        return url().resolve("/cgi-bin/webscr");
    }

    /** Environment variables that point every account that asks its gateway back to this stand-in. */
    public Map<String, String> environment(Settings settings) {
        var variables = new HashMap<String, String>();
        var gateways = settings.in("gateways");
        for (var gateway : gateways.names()) {
            for (var account : gateways.in(gateway).names()) {
                var section = gateways.in(gateway).in(account);
                var path = "IPN_GATEWAYS_%s_%s_".formatted(variable(gateway), variable(account));
                if (section.has("fetch-via")) {
                    variables.put(path + "FETCH_VIA", url().toString());
                }
                if (section.has("verify-url")) {
                    variables.put(path + "VERIFY_URL", verifyUrl().toString());
                }
            }
        }
        return variables;
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The value of {@code verify_sign} for a message. */
    public static String sign(String body, byte[] key) {
        return HexFormat.of().formatHex(Hmac.sha256(key, body.getBytes(UTF_8)));
    }

    private static void verify(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = new String(exchange.getRequestBody().readNBytes(BODY_BYTES_MAX), UTF_8);
            respond(exchange, 200, Bytes.utf8(isOwn(request) ? "VERIFIED" : "INVALID"));
        }
    }

    private static boolean isOwn(String request) {
        var signed = SIGNED.matcher(request.startsWith(VERIFICATION) ? request.substring(VERIFICATION.length()) : "");
        return signed.matches()
                && sign(signed.group(1), TEST_KEY.getBytes(UTF_8)).equals(signed.group(2));
    }

    /** PUT registers a document; any other method reads one, because some gateways use POST for that. */
    private static void answer(HttpExchange exchange, StandInDocuments documents) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX);
            var path = exchange.getRequestURI().getRawPath();
            if (exchange.getRequestMethod().equals("PUT")) {
                documents.register(path, Bytes.wrap(body));
                respond(exchange, 201, Bytes.utf8(""));
                return;
            }
            var found = documents.find(path);
            respond(exchange, found.isPresent() ? 200 : 404, found.orElseGet(() -> Bytes.utf8("{}")));
        }
    }

    private static void respond(HttpExchange exchange, int status, Bytes body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.size() == 0 ? -1 : body.size());
        exchange.getResponseBody().write(body.array());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
