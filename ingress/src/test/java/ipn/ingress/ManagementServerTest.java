package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicBoolean kafka = new AtomicBoolean();
    private ManagementServer server;

    @BeforeEach
    void start() {
        server = ManagementServer.start(
                new ManagementConfig("127.0.0.1", 0),
                registry,
                List.of(
                        new ManagementServer.Check("ingress", kafka::get),
                        new ManagementServer.Check("processor", () -> true)));
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
            var documented = OpenApi.response(path, "get", response.statusCode());
            var type =
                    response.headers().firstValue("content-type").orElseThrow().split(";")[0];
            assertThat(documented.path("content").has(type)).as("documented").isTrue();
        }
        return response;
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
    void metrics_name_accounts_and_outcomes_and_nothing_a_sender_chose() throws Exception {
        var logs = new IngressServer.Logs("ipn.raw", new FakeRawLog(), attempt -> {});
        try (var ingress = new IngressServer(
                Ingress.config(""),
                TestAccount.accounts(TestAccount.main()),
                logs,
                registry,
                java.time.Clock.fixed(Post.NOW, java.time.ZoneOffset.UTC))) {
            for (var line : List.of("POST /ipn/test/main HTTP/1.1", "POST /ipn/evil/name HTTP/1.1")) {
                try (var wire = new Wire(ingress.port())) {
                    wire.send(Post.signed("pay_1 evt_1").to(line).bytes()).mustAnswer();
                }
            }
            var text = call("GET", "/metrics").body();
            assertThat(text)
                    .contains(
                            "ipn_ingress_requests_total{account=\"main\",gateway=\"test\",outcome=\"acknowledged\"} 1.0")
                    .contains(
                            "ipn_ingress_requests_total{account=\"unknown\",gateway=\"unknown\",outcome=\"not_found\"} 1.0")
                    .contains("ipn_ingress_request_duration_seconds_bucket{account=\"main\"")
                    .contains("ipn_ingress_publish_duration_seconds_count{account=\"main\",gateway=\"test\"} 1")
                    .contains("ipn_ingress_in_flight_bytes 0.0")
                    .contains("ipn_ingress_connections ")
                    .contains("ipn_ingress_ready 1.0")
                    .contains("ipn_ingress_event_loop_lag_seconds_max")
                    .doesNotContain("evil");
        }
    }

    @Test
    void anything_else_is_404_or_405() throws Exception {
        assertThat(call("GET", "/").statusCode()).isEqualTo(404);
        assertThat(call("POST", "/metrics").statusCode()).isEqualTo(405);
    }
}
