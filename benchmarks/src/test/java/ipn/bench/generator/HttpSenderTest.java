package ipn.bench.generator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import ipn.bench.generator.LoadPlan.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpSenderTest {
    private static final int LARGE = 2 * 1024 * 1024;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Integer> received = new ConcurrentHashMap<>();
    private final Map<Integer, Boolean> clientPorts = new ConcurrentHashMap<>();
    private final HttpServer server;

    HttpSenderTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start_the_server() {
        server.setExecutor(threads);
        server.createContext("/ok", exchange -> answer(exchange, 200));
        server.createContext("/busy", exchange -> answer(exchange, 503));
        server.createContext("/last", exchange -> {
            exchange.getResponseHeaders().add("connection", "close");
            answer(exchange, 401);
        });
        server.createContext("/none", HttpExchange::close);
        server.start();
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        clientPorts.put(exchange.getRemoteAddress().getPort(), true);
        var body = exchange.getRequestBody().readAllBytes();
        received.merge(exchange.getRequestURI() + " " + body.length, 1, Integer::sum);
        exchange.sendResponseHeaders(status, 4);
        exchange.getResponseBody().write("done".getBytes(US_ASCII));
        exchange.close();
    }

    @AfterEach
    void stop_the_server() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void a_closed_loop_sends_each_call_once_over_its_connections() throws IOException {
        var outcomes = new Outcomes(new long[100]);
        try (var sender = sender(4)) {
            sender.connect(4);
            sender.sendAll(call -> request(call % 2 == 0 ? "/ok" : "/busy", call + 1), outcomes);
        }

        assertThat(outcomes.statuses()).isEqualTo(Map.of(200, 50, 503, 50));
        assertThat(received)
                .hasSize(100)
                .allSatisfy((call, count) -> assertThat(count).isEqualTo(1));
        assertThat(clientPorts).hasSize(4);
    }

    @Test
    void an_open_loop_sends_calls_when_they_are_due() throws Exception {
        var pace = new Pace(List.of(new Phase(200, 0.5)));
        var outcomes = new Outcomes(new long[pace.calls()]);
        try (var sender = sender(8)) {
            sender.sendAtPace(pace, call -> request("/ok", 1), outcomes);
        }

        assertThat(outcomes.statuses()).isEqualTo(Map.of(200, 100));
        // the last call is due after 495 ms
        assertThat(outcomes.seconds()).isGreaterThanOrEqualTo(0.495);
        assertThat(outcomes.micros(status -> true).getMinValue()).isPositive();
    }

    @Test
    void a_connection_that_the_server_closes_is_replaced() throws Exception {
        var pace = new Pace(List.of(new Phase(500, 0.1)));
        var outcomes = new Outcomes(new long[pace.calls()]);
        try (var sender = sender(2)) {
            sender.sendAtPace(pace, call -> request("/last", 1), outcomes);
        }

        assertThat(outcomes.statuses()).isEqualTo(Map.of(401, 50));
        assertThat(clientPorts).hasSize(50);
    }

    @Test
    void a_connection_that_ends_without_a_response_is_an_outcome() throws Exception {
        var pace = new Pace(List.of(new Phase(100, 0.1)));
        var outcomes = new Outcomes(new long[pace.calls()]);
        try (var sender = sender(2)) {
            sender.sendAtPace(pace, call -> request(call == 3 ? "/none" : "/ok", 1), outcomes);
        }

        assertThat(outcomes.statuses()).isEqualTo(Map.of(Outcomes.NO_RESPONSE, 1, 200, 9));
        assertThat(outcomes.status(3)).isEqualTo(Outcomes.NO_RESPONSE);
    }

    @Test
    void a_call_that_is_larger_than_what_a_socket_takes_at_once_is_sent_whole() throws IOException {
        var outcomes = new Outcomes(new long[3]);
        try (var sender = sender(2)) {
            sender.connect(2);
            sender.sendAll(call -> request("/ok", LARGE), outcomes);
        }

        assertThat(received).isEqualTo(Map.of("/ok " + LARGE, 3));
    }

    @Test
    void connections_come_from_the_given_addresses() throws Exception {
        var next = new AtomicInteger();
        var pace = new Pace(List.of(new Phase(100, 0.1)));
        var outcomes = new Outcomes(new long[pace.calls()]);
        try (var sender = new HttpSender(
                server.getAddress(),
                () -> {
                    next.incrementAndGet();
                    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
                },
                2)) {
            sender.sendAtPace(pace, call -> request("/ok", 1), outcomes);
        }

        assertThat(next.get()).isBetween(1, 2);
    }

    private HttpSender sender(int connectionsMax) throws IOException {
        return new HttpSender(server.getAddress(), () -> new InetSocketAddress(0), connectionsMax);
    }

    private static byte[] request(String path, int length) {
        var head = PreparedCall.head("127.0.0.1", path, Map.of(), "content-length: " + length);
        return PreparedCall.concat(head, new byte[length]);
    }
}
