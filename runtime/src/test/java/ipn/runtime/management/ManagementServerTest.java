package ipn.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicBoolean kafka = new AtomicBoolean();
    private volatile Optional<String> note = Optional.empty();
    private ManagementServer server;

    @BeforeEach
    void start() {
        server = ManagementServer.start(
                new ManagementConfig("127.0.0.1", 0),
                registry,
                List.of(
                        new ManagementServer.Check("ingress", kafka::get),
                        new ManagementServer.Check("processor", () -> true, () -> note)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 404 && response.statusCode() != 405) {
            var documented = documented(path, response.statusCode());
            var type =
                    response.headers().firstValue("content-type").orElseThrow().split(";")[0];
            assertThat(documented.path("content").has(type)).as("documented").isTrue();
        }
        return response;
    }

    private static JsonNode documented(String path, int status) throws IOException {
        var document = new ObjectMapper(new YAMLFactory()).readTree(new File("../docs/openapi.yaml"));
        var response =
                document.path("paths").path(path).path("get").path("responses").path(Integer.toString(status));
        var reference = response.path("$ref").asText("");
        return reference.isEmpty() ? response : document.at(reference.substring(1));
    }

    @Test
    void it_is_alive_when_it_answers() throws Exception {
        assertThat(call("GET", "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void it_is_ready_when_every_check_holds() throws Exception {
        var not = call("GET", "/health/ready");
        assertThat(not.statusCode()).isEqualTo(503);
        assertThat(new ObjectMapper().readTree(not.body()))
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"ready\":false,\"checks\":{\"ingress\":false,\"processor\":true}}"));
        kafka.set(true);
        assertThat(call("GET", "/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void a_note_is_beside_the_checks_and_changes_no_readiness() throws Exception {
        kafka.set(true);
        note = Optional.of("stripe/main: \"many\" records\nfailed");
        var ready = call("GET", "/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(new ObjectMapper()
                        .readTree(ready.body())
                        .path("notes")
                        .path("processor")
                        .asText())
                .isEqualTo("stripe/main:  many  records failed");
    }

    @Test
    void metrics_are_scraped_from_the_registry() throws Exception {
        registry.counter("ipn.example", "stage", "test").increment();
        assertThat(call("GET", "/metrics").body()).contains("ipn_example_total{stage=\"test\"} 1.0");
    }

    @Test
    void a_head_that_does_not_arrive_is_answered_with_408() throws Exception {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write("GET /health/live HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void anything_else_is_404_or_405() throws Exception {
        assertThat(call("GET", "/").statusCode()).isEqualTo(404);
        assertThat(call("POST", "/metrics").statusCode()).isEqualTo(405);
    }
}
