package ipn.runtime.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import ipn.polling.Polling;
import ipn.runtime.metrics.Metric;
import ipn.topics.TraceParent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the collector does: nobody waits, the memory has a bound, and what is lost is counted. */
@Timeout(60)
class SpanExportTest {
    /** Of {@link SpanExport#close}, with time for a busy machine. */
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(8);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    private Traces collected(HttpAnswer answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/traces", exchange -> {
            bodies.add(body(exchange));
            authorizations.add(exchange.getRequestHeaders().getFirst("authorization"));
            answer.to(exchange);
        });
        server.start();
        return exporting("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces", 100_000);
    }

    private interface HttpAnswer {
        void to(HttpExchange exchange) throws IOException;
    }

    private static HttpAnswer status(int status) {
        return exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    private static String body(HttpExchange exchange) throws IOException {
        var zipped = exchange.getRequestBody().readAllBytes();
        return new String(new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private Traces exporting(String endpoint, int perSecond) {
        return new TraceSettings(
                        Optional.of(URI.create(endpoint)),
                        Map.of("authorization", "Bearer of-the-collector"),
                        100,
                        Duration.ofSeconds(1),
                        perSecond)
                .start("processor", meters);
    }

    @AfterEach
    void stop() {
        hanging.countDown();
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }

    private static FinishedSpan span(String name) {
        var now = System.nanoTime();
        return new FinishedSpan(
                name,
                SpanKind.CONSUMER,
                TraceParent.root(),
                Optional.empty(),
                Optional.empty(),
                now - 1_000_000,
                now,
                Optional.empty(),
                Attributes.of(SpanAttributes.SYSTEM, "kafka"));
    }

    private double spans(String result) {
        return Metric.TRACES_SPANS.counter(meters, "processor", result).count();
    }

    private void within(String what, BooleanSupplier condition) {
        assertThat(Polling.upTo(Duration.ofSeconds(20)).until(condition))
                .as(what)
                .isTrue();
    }

    private static void closesInTime(Traces traces) {
        var began = System.nanoTime();
        traces.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(STOPS_WITHIN);
    }

    @Test
    void spans_are_exported_with_the_headers_of_the_settings() throws IOException {
        var traces = collected(status(200));
        traces.add(span("process ipn.raw"));
        within("export, before anything stops", () -> spans("exported") == 1);
        closesInTime(traces);
        assertThat(bodies).singleElement().asString().contains("process ipn.raw", "ipn-processor", "messaging.system");
        assertThat(authorizations).containsExactly("Bearer of-the-collector");
    }

    @Test
    void what_waits_at_a_stop_is_exported() throws IOException {
        var traces = collected(status(200));
        traces.add(span("the last"));
        closesInTime(traces);
        assertThat(spans("exported")).isEqualTo(1);
    }

    @Test
    void a_collector_that_refuses_costs_its_spans() throws IOException {
        var traces = collected(status(500));
        traces.add(span("refused"));
        closesInTime(traces);
        assertThat(spans("failed")).isEqualTo(1);
    }

    @Test
    void a_collector_that_hangs_bounds_what_waits_and_how_long_a_stop_takes() throws IOException {
        var traces = collected(exchange -> {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        var number = 3 * SpanCounts.WAITING_MAX;
        var began = System.nanoTime();
        for (var i = 0; i < number; i++) {
            traces.add(span("hanging"));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(spans("full")).isEqualTo(number - SpanCounts.WAITING_MAX);
        closesInTime(traces);
    }

    @Test
    void a_collector_that_is_away_costs_its_spans() {
        String nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "http://127.0.0.1:" + socket.getLocalPort() + "/v1/traces";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var traces = exporting(nobody, 100_000);
        traces.add(span("lost"));
        closesInTime(traces);
        within("loss", () -> spans("failed") == 1);
    }

    @Test
    void spans_above_the_rate_are_dropped_and_counted() throws IOException {
        collected(status(200)).close();
        var traces = exporting("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces", 10);
        for (var i = 0; i < 1_000; i++) {
            traces.add(span("many"));
        }
        closesInTime(traces);
        assertThat(spans("exported")).isBetween(10.0, 100.0);
        assertThat(spans("exported") + spans("rate")).isEqualTo(1_000);
    }
}
