package ipn.gateway.mollie;

import com.sun.net.httpserver.HttpExchange;
import ipn.conformance.LocalPeer;
import ipn.gateway.content.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Mollie's API, which shows payments to the key they belong to. One server, from the first use to the end of the JVM. */
final class LocalMollie {
    private static final class Server {
        static final LocalPeer RUNNING = start();

        private static LocalPeer start() {
            try {
                var server = LocalPeer.overHttp(LocalMollie::answer);
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** By key and id. */
    private static final Map<String, Bytes> PAYMENTS = new ConcurrentHashMap<>();

    private LocalMollie() {}

    static String url() {
        return Server.RUNNING.url("");
    }

    static void shows(String key, String id, Bytes payment) {
        PAYMENTS.put("Bearer " + key + " /v2/payments/" + id, payment);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        var asked = exchange.getRequestHeaders().getFirst("Authorization") + " "
                + exchange.getRequestURI().getPath();
        var payment = PAYMENTS.get(asked);
        if (payment == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "application/hal+json");
        exchange.sendResponseHeaders(200, payment.size());
        exchange.getResponseBody().write(payment.array());
    }
}
