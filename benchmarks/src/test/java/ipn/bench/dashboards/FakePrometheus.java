package ipn.bench.dashboards;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/** Answers queries as a Prometheus answered them once. */
final class FakePrometheus implements AutoCloseable {
    private static final Pattern QUERY = Pattern.compile("(?:^|&)query=([^&]*)");

    private final HttpServer server;
    private final Map<String, String> answers = new TreeMap<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    FakePrometheus() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/", this::answer);
        server.start();
    }

    /** @param body of the response to the query; a query without one is an error, as Prometheus tells it */
    FakePrometheus answers(String query, String body) {
        answers.put(query, body);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var query = QUERY.matcher(form)
                .results()
                .map(found -> URLDecoder.decode(found.group(1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
        asked.add(exchange.getRequestURI().getPath() + " " + query);
        var known = answers.get(query);
        var body = (known != null ? known : """
                {"status":"error","errorType":"bad_data","error":"invalid parameter \\"query\\": 1:5: parse error: unclosed left parenthesis"}""").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known != null ? 200 : 400, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Paths and queries of the requests. */
    Queue<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
