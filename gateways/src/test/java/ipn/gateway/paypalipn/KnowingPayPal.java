package ipn.gateway.paypalipn;

import com.sun.net.httpserver.HttpExchange;
import ipn.conformance.LocalPeer;
import ipn.gateway.content.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * PayPal, which vouches for the messages it was told are its own and denies any other. All share one server, from the first
 * use to the end of the JVM, but not what they know.
 */
final class KnowingPayPal {
    /** Started when somebody asks for it. */
    private static final class Server {
        static final LocalPeer RUNNING = start();

        private static LocalPeer start() {
            try {
                var server = LocalPeer.overHttp(KnowingPayPal::answer);
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final Map<String, Set<Bytes>> OWN = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = Integer.toString(COUNT.incrementAndGet());
    private final Set<Bytes> own = ConcurrentHashMap.newKeySet();

    KnowingPayPal() {
        OWN.put(name, own);
    }

    /** PayPal sent this message. */
    void sent(Bytes body) {
        own.add(question(body));
    }

    String url() {
        return Server.RUNNING.url("/cgi-bin/webscr?" + name);
    }

    /** With {@code verify_sign}, which all messages of PayPal have. */
    static Bytes withSign(Bytes body) {
        var text = new String(body.array(), StandardCharsets.ISO_8859_1);
        return text.contains("verify_sign=")
                ? body
                : Bytes.wrap((text + "&verify_sign=ATEST").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What an account has to ask about a body. */
    static Bytes question(Bytes body) {
        var prefix = "cmd=_notify-validate&".getBytes(StandardCharsets.US_ASCII);
        var all = Arrays.copyOf(prefix, prefix.length + body.size());
        System.arraycopy(body.array(), 0, all, prefix.length, body.size());
        return Bytes.wrap(all);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        var question = Bytes.wrap(exchange.getRequestBody().readAllBytes());
        var own = OWN.getOrDefault(exchange.getRequestURI().getQuery(), Set.of());
        LocalPeer.replying(own.contains(question) ? "VERIFIED" : "INVALID").handle(exchange);
    }
}
